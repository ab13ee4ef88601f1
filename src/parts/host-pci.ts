import { of, rule } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { PciWish } from '../context/address-wish.ts'
import type { Context } from '../context/context.ts'
import { startKey } from '../context/start.ts'
import type { Addressable, Boot, Rom } from '../fragments/device-info.ts'
import type { HostDriver } from '../fragments/host-driver.ts'
import { type HostPciAddress, pciName } from '../fragments/pci-address.ts'
import type { Teaming } from '../fragments/teaming.ts'
import { deviceAddress } from './device-address.ts'
import { romProperties } from './rom.ts'

/** A host PCI function in a guest, whether it stands as `<hostdev>` or as `<interface type='hostdev'>`. */
export interface HostPciDevice extends Addressable {
  readonly source: { readonly address: HostPciAddress }
  readonly driver: HostDriver | undefined
  readonly boot: Boot | undefined
  readonly rom: Rom | undefined
  readonly teaming: Teaming | undefined
  readonly display?: boolean | undefined
  readonly ramfb?: boolean | undefined
}

/** Whether QEMU opens the function through an iommufd, and not through its group. */
export function throughIommufd({ driver }: Pick<HostPciDevice, 'driver'>, { definition }: Context): boolean {
  return driver?.iommufd ?? definition.iommufd?.enabled ?? false
}

/** The one object of all devices. */
export const iommufdObject = (): Properties =>
  new Properties().put('qom-type', 'iommufd', rule('hostdev/iommufd')).put('id', 'iommufd0', rule('hostdev/iommufd'))

/** What a device draws: its own screen, and a RAM frame buffer, for which QEMU wants the variant without hotplug. */
export function displayProperties(device: { display?: boolean | undefined; ramfb?: boolean | undefined }): Properties {
  const properties = new Properties()
  if (device.display !== undefined) properties.put('display', device.display ? 'on' : 'off', of(device, 'display'))
  if (device.ramfb) properties.put('ramfb', true, of(device, 'ramfb'))
  return properties
}

/** At a start: the host function that a network card is, by itself or because its network hands one out. */
export const hostFunctionKey = startKey<HostPciDevice>('host function')

/** The host functions that stand as `<interface>`, in their order. They print ahead of the other host devices. */
export function hostInterfaces(context: Context): HostPciDevice[] {
  return context.devices.interface.flatMap((card) => context.start.get(hostFunctionKey, card) ?? [])
}

/** `-device vfio-pci`: the token right after the host function it opens (QEMU: vfio-pci, properties `host`, `vf-token`). */
export function vfioPciProperties(device: HostPciDevice, context: Context): Properties {
  const { address } = device.source
  const isOpened = throughIommufd(device, context)
  const properties = new Properties().put(
    'driver',
    device.ramfb ? 'vfio-pci-nohotplug' : 'vfio-pci',
    device.ramfb ? of(device, 'ramfb') : rule('hostdev/vfio-pci'),
  )
  // An iommufd is handed the device itself: neither its name nor a token (docs/vf-token.md).
  if (!isOpened) {
    properties.put('host', pciName(address), of(address, 'domain', 'bus', 'slot', 'function'))
    const token = address['vf-token']
    if (token) properties.secret('vf-token', token.uuid, of(token, 'uuid'))
  }
  properties.id(device, context)
  if (device.teaming?.type === 'transient') properties.field('failover_pair_id', device.teaming, 'persistent')
  properties.append(context.bootIndex(device)).append(displayProperties(device))
  if (isOpened) properties.put('iommufd', 'iommufd0', rule('hostdev/iommufd'))
  return properties.append(deviceAddress(device, context)).append(romProperties(device.rom))
}

/** A function goes where its kind of bus is; one that the host's inventory does not know counts as PCI Express. */
export function hostPciWish(device: HostPciDevice, context: Context): PciWish {
  const name = pciName(device.source.address)
  const known = context.host.pci.find((it) => it.address === name)
  // Group 0 of the host is a group like any other; 0 means emulated to the engine.
  const isolationGroup = known?.iommuGroup === undefined ? undefined : known.iommuGroup + 1
  return { plug: known?.pcie === false ? 'pci' : 'pcie', ...(isolationGroup && { isolationGroup }) }
}

/** In the guest a host device sits on a bus of its own kind, or on none. */
export function checkGuestBus({ address }: Addressable, bus: 'pci' | 'usb', context: Context): void {
  if (address === undefined || address.type === bus || address.type === 'unassigned') return
  context.error({
    code: 'hostdev/address-type',
    message: `A host device of type ${bus} cannot sit at an address of type ${address.type}.`,
    hint: `Use an address of type '${bus}', or none.`,
    at: address,
    field: 'type',
  })
}
