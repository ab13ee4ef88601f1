/** Why a user's PCI address cannot be. Ranges: libvirt's formatdomain (Device Addresses, pci). */
import { type AddressProblem, addressError } from '../problem.ts'
import type { Bus } from './bus.ts'
import { isEndpoint } from './bus-rules.ts'
import { MAX_BUS } from './growth.ts'
import { controllerName, type Seat } from './seat.ts'
import type { PciAddress, PciPlug } from './types.ts'

export interface GivenAddress {
  readonly seat: Seat
  readonly address: PciAddress
  readonly bus: Bus | undefined
  readonly fitsBus: boolean
  /** Who has this function already. */
  readonly holder: { readonly id: string; readonly name: string; readonly isMachine: boolean } | undefined
}

const showAddress = (address: PciAddress): string => {
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0')
  return `${hex(address.domain ?? 0, 4)}:${hex(address.bus, 2)}:${hex(address.slot, 2)}.${address.function.toString(16)}`
}

export const describePlug = (plug: PciPlug): string => {
  if (plug === 'pci') return 'a conventional PCI device'
  if (plug === 'pcie') return 'a PCI Express device'
  return `a ${plug}`
}

export function refuseAddress({ seat, address, bus, fitsBus, holder }: GivenAddress): AddressProblem | undefined {
  const refuse = (code: string, message: string, hint?: string): AddressProblem =>
    addressError(code, `${seat.name}: ${message}`, [seat.id, holder?.isMachine ? undefined : holder?.id], hint)
  const shown = showAddress(address)
  if ((address.domain ?? 0) !== 0) return refuse('pci-domain', `PCI address ${shown} is outside domain 0, the only one`)
  if (address.bus < 0 || address.bus > MAX_BUS)
    return refuse('pci-bus-range', `PCI bus ${address.bus} is not in 0..255`)
  if (address.slot < 0 || address.slot > 31) return refuse('pci-slot-range', `PCI slot ${address.slot} is not in 0..31`)
  if (address.function < 0 || address.function > 7) {
    return refuse('pci-function-range', `PCI function ${address.function} is not in 0..7`)
  }
  if (bus === undefined) {
    const hint = `add a PCI controller with index ${address.bus} that accepts ${describePlug(seat.plug)}, or leave the address out`
    return refuse('pci-no-such-bus', `PCI address ${shown} names a bus that does not exist`, hint)
  }
  const where = controllerName(bus.index, bus.model)
  if (seat.integrated && bus.index !== 0) {
    return refuse('pci-not-integrated', `PCI address ${shown} is not on bus 0, where this device must be`, 'use bus 0')
  }
  if (!fitsBus) {
    const hint = isEndpoint(seat.plug)
      ? 'choose a bus that accepts devices'
      : 'put it on a controller that accepts it, or leave the address out'
    return refuse(
      'pci-wrong-bus',
      `PCI address ${shown} is on ${where}, which does not accept ${describePlug(seat.plug)}`,
      hint,
    )
  }
  const { firstSlot, lastSlot } = bus.rule
  if (address.slot < firstSlot || address.slot > lastSlot) {
    const range = firstSlot === lastSlot ? `only slot ${firstSlot}` : `slots ${firstSlot} to ${lastSlot}`
    return refuse(
      'pci-slot-not-on-bus',
      `PCI address ${shown}: ${where} has ${range}`,
      'use a slot that it has, another bus, or leave the address out',
    )
  }
  if (holder !== undefined) {
    const code = holder.isMachine ? 'pci-reserved' : 'pci-slot-in-use'
    return refuse(code, `PCI address ${shown} is taken by ${holder.name}`, 'give one of them another address, or none')
  }
  return undefined
}
