import { assignSpaprVio, type SpaprVioRequest } from '../address/spapr-vio.ts'
import type { Context } from '../context/context.ts'
import type { Address, AddressOf, AddressType } from '../fragments/address.ts'
import { collect, reasonsOf, writePlace } from './collect.ts'

/**
 * The three numbers that an address of another type begins with. libvirt reads them as a register where the lowest byte of
 * the third is not 0: the first are its lower and its upper half (oracle: 11.3, 12.8, eight types).
 */
const firstNumbers: { readonly [T in AddressType]?: (address: AddressOf<T>) => readonly [number?, number?, number?] } =
  {
    pci: ({ domain, bus, slot }) => [domain, bus, slot],
    drive: ({ controller, bus, target }) => [controller, bus, target],
    'virtio-serial': ({ controller, bus, port }) => [controller, bus, port],
    usb: ({ bus, port }) => {
      const [first, second] = (port ?? '0').split('.').map(Number)
      return [bus, first, second]
    },
    ccw: ({ cssid, ssid, devno }) => [cssid, ssid, devno],
    dimm: ({ slot, base }) => [slot, 0, Number((base ?? 0n) & 0xffn)],
  }

function registerOf(address: Address): number | undefined {
  if (address.type === 'spapr-vio') return address.reg === undefined ? undefined : Number(address.reg)
  const numbers = firstNumbers[address.type] as ((address: Address) => readonly [number?, number?, number?]) | undefined
  const [lower = 0, upper = 0, given = 0] = numbers?.(address) ?? []
  return (given & 0xff) === 0 ? undefined : lower + upper * 2 ** 32
}

/**
 * Gives devices on the virtual I/O bus of a POWER server their registers. An address of another type gives way to it
 * (libvirt 11.3 and 12.8 asked of five kinds of devices).
 */
export function assignSpaprVioAddresses(context: Context): void {
  const { subjects, requests } = collect<SpaprVioRequest>(context, 'spapr-vio', (device, kind) => {
    const { address } = device
    const wish = kind.spaprVio?.(device, context)
    const reg = address && registerOf(address)
    if (wish !== undefined) return { ...wish, reg }
    // A register that is given to what has none is taken all the same.
    return address?.type === 'spapr-vio' && reg !== undefined && !kind.ownPlaceChecks?.taken
      ? { firstReg: reg, reg }
      : undefined
  })
  if (requests.length === 0) return
  const result = assignSpaprVio(requests)
  const reasonOf = reasonsOf(result, subjects, context)
  for (const [id, reg] of result.addresses) {
    const device = subjects.get(id)!
    if (device.address !== undefined && device.address.type !== 'spapr-vio')
      context.set(device, 'address', undefined, reasonOf(id))
    writePlace(device, 'spapr-vio', { reg: BigInt(reg) }, reasonOf(id), context)
  }
}
