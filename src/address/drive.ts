/**
 * Drive addresses: controller, bus, target, unit of disks (and of SCSI host devices) behind one kind of controller.
 * Source: formatdomain (Hard drives `<target dev>`; Device Addresses, drive). A disk without an address follows from
 * its target's name: `sdb` is the second place of its bus.
 */
import { type AddressRequest, type AddressResult, addressError, emptyResult, nameOf } from './problem.ts'

export interface DriveAddress {
  readonly controller: number
  readonly bus: number
  readonly target: number
  readonly unit: number
}

/** How a controller counts its places. Unit 7 of a narrow SCSI bus is the controller itself, so seven are left. */
export interface DriveLayout {
  readonly busesPerController: number
  readonly unitsPerBus: number
}

export const DRIVE_LAYOUTS = {
  fdc: { busesPerController: 1, unitsPerBus: 2 },
  ide: { busesPerController: 2, unitsPerBus: 2 },
  sata: { busesPerController: 1, unitsPerBus: 6 },
  scsi: { busesPerController: 1, unitsPerBus: 7 },
} as const satisfies Record<string, DriveLayout>

/** Prefixes of libvirt's disk targets; six letters of base 26 stay far inside a safe integer. */
const TARGET_NAME = /^(fd|hd|vd|sd|xvd|ubd)([a-z]{1,6})(\d*)$/

/** Namespaces of NVMe controllers are counted from 1. */
const NAMESPACE_NAME = /^nvme(\d{1,9})n(\d{1,9})(?:p(\d{1,9}))?$/

/**
 * `sda` → 0, `sdz` → 25, `sdaa` → 26; a partition number after the letters is handed back.
 * @returns undefined for a name that is no disk's.
 */
export function driveIndex(target: string): { index: number; partition: number | undefined } | undefined {
  const match = TARGET_NAME.exec(target)
  if (match === null) return undefined
  let index = 0
  for (const letter of match[2]!) index = index * 26 + (letter.charCodeAt(0) - 96)
  return { index: index - 1, partition: match[3] === '' ? undefined : Number(match[3]) }
}

/**
 * `nvme1n3` → controller 1, index 2: the third namespace. A first partition after the name counts as none
 * (oracle: libvirt 12.8 takes `nvme0n1p1`, and refuses `nvme0n1p2`).
 * @returns undefined for a name that is no namespace's.
 */
export function namespaceIndex(
  target: string,
): { controller: number; index: number; partition: number | undefined } | undefined {
  const [, controller, namespace, partition] = NAMESPACE_NAME.exec(target) ?? []
  if (controller === undefined || Number(namespace) === 0) return undefined
  const part = partition === undefined || Number(partition) === 1 ? undefined : Number(partition)
  return { controller: Number(controller), index: Number(namespace) - 1, partition: part }
}

/** The place with a number, counting units, then buses, then controllers. */
export function driveAddressOf(index: number, { busesPerController, unitsPerBus }: DriveLayout): DriveAddress {
  const perController = busesPerController * unitsPerBus
  return {
    controller: Math.floor(index / perController),
    bus: Math.floor((index % perController) / unitsPerBus),
    target: 0,
    unit: index % unitsPerBus,
  }
}

export interface DriveRequest extends AddressRequest {
  /** The kind of bus: drives of different kinds never meet. */
  readonly kind: string
  /** The user's address. */
  readonly address?: DriveAddress | undefined
  /** The place that the target's name says (`driveAddressOf`): taken as it is, a clash is an error. */
  readonly byName?: DriveAddress | undefined
  /** Without either: the first free unit of the controllers of this kind, in order. */
  readonly layout?: DriveLayout | undefined
}

/** Problems: `address/drive-in-use`. */
export function assignDrives(requests: readonly DriveRequest[]): AddressResult<DriveAddress> {
  const result = emptyResult<DriveAddress>()
  const holders = new Map<string, DriveRequest>()
  const searched = new Map<string, number>()
  const put = (request: DriveRequest, address: DriveAddress, rule: string, why: string) => {
    holders.set(keyOf(request.kind, address), request)
    result.addresses.set(request.id, address)
    result.trace.push({ subject: request.id, rule, text: `${showDrive(request.kind, address)}: ${why}` })
  }
  const reserve = (request: DriveRequest, address: DriveAddress, rule: string, why: string) => {
    const holder = holders.get(keyOf(request.kind, address))
    if (holder === undefined) {
      put(request, address, rule, why)
      return
    }
    const message = `${nameOf(request)}: ${showDrive(request.kind, address)} is taken by ${nameOf(holder)}`
    const hint = 'give one of them another target name or address'
    result.problems.push(addressError('drive-in-use', message, [request.id, holder.id], hint))
  }
  for (const request of requests) {
    if (request.address) reserve(request, request.address, 'drive/given', 'the user gave it')
  }
  for (const request of requests) {
    if (request.byName && !request.address)
      reserve(request, request.byName, 'drive/by-name', "the target's name says so")
  }
  for (const request of requests) {
    if (request.address || request.byName || !request.layout) continue
    const key = `${request.kind} ${request.layout.busesPerController} ${request.layout.unitsPerBus}`
    let index = searched.get(key) ?? 0
    while (holders.has(keyOf(request.kind, driveAddressOf(index, request.layout)))) index++
    searched.set(key, index)
    put(request, driveAddressOf(index, request.layout), 'drive/first-free-unit', 'the first free unit')
  }
  return result
}

const keyOf = (kind: string, { controller, bus, target, unit }: DriveAddress): string =>
  `${kind} ${controller} ${bus} ${target} ${unit}`

const showDrive = (kind: string, { controller, bus, target, unit }: DriveAddress): string =>
  `${kind} controller ${controller} bus ${bus} target ${target} unit ${unit}`
