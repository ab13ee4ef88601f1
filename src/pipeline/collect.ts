import type { AddressProblem } from '../address/problem.ts'
import type { Context } from '../context/context.ts'
import type { Device, DeviceKind } from '../context/unit.ts'
import { type Address, type AddressOf, address } from '../fragments/address.ts'
import { addressRule, type Origin } from '../origin/origin.ts'
import { reportAddressProblem } from './address-problem.ts'
import { eachDevice } from './each-device.ts'
import type { Walk } from './planned.ts'

/** The devices that ask an address engine for a place, and what they ask; both go by the request's id. */
export interface Collected<R> {
  readonly subjects: Map<string, Device>
  readonly requests: R[]
}

/** Asks each device of a walk what it wants of an engine; undefined where it wants nothing. */
export function collect<R extends { readonly id: string }>(
  context: Context,
  walk: Walk,
  wish: (device: Device, kind: DeviceKind<Device>) => Omit<R, 'id'> | undefined,
): Collected<R> {
  const collected: Collected<R> = { subjects: new Map(), requests: [] }
  eachDevice(context, walk, (device, kind, name, index) => {
    const wanted = wish(device, kind)
    if (wanted !== undefined) request(collected, device, `${name}[${index + 1}]`, wanted)
  })
  return collected
}

/** Adds one request under its id. */
export function request<R extends { readonly id: string }>(
  { subjects, requests }: Collected<R>,
  device: Device,
  id: string,
  wanted: Omit<R, 'id'>,
): void {
  subjects.set(id, device)
  requests.push({ ...wanted, id } as unknown as R)
}

interface Answer {
  readonly problems: readonly AddressProblem[]
  readonly trace: readonly { readonly subject: string; readonly rule: string }[]
}

/** Reports an engine's problems, and gives for each subject the reason of its place. */
export function reasonsOf(
  { problems, trace }: Answer,
  subjects: ReadonlyMap<string, Device>,
  context: Context,
): (id: string) => Origin {
  for (const problem of problems) reportAddressProblem(problem, subjects, context)
  const rules = new Map(trace.map(({ subject, rule }) => [subject, rule]))
  return (id) => addressRule(rules.get(id) ?? 'address/given')
}

/** Writes a place into a device: a new address, or the fields that the given one leaves open. */
export function writePlace<T extends Address['type']>(
  device: Device,
  type: T,
  place: Partial<AddressOf<T>>,
  reason: Origin,
  context: Context,
): void {
  if (device.address === undefined) {
    const made = address.create({ type, ...place } as Partial<Address>) as Address
    context.set(device, 'address', context.made(made, reason), reason)
    return
  }
  const current = device.address as AddressOf<T>
  for (const [key, value] of Object.entries(place) as [keyof AddressOf<T> & string, AddressOf<T>[never]][]) {
    if (current[key] === undefined) context.set(current, key, value, reason)
  }
}
