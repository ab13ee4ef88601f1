import type { PciWish } from '../context/address-wish.ts'
import type { Context } from '../context/context.ts'
import type { Addressable } from '../fragments/device-info.ts'
import type { VirtioModel } from '../fragments/virtio-model.ts'

/** Where a virtio device sits in QEMU's names: `virtio-rng-pci`, `-ccw`, `-device` (virtio-mmio). */
const buses: { readonly [address: string]: string } = { pci: 'pci', ccw: 'ccw' }

/** QEMU's name of a virtio device: its base name, its bus, and the PCI flavour. */
export function virtioDriver(base: string, model: VirtioModel | undefined, device: Addressable): string {
  const bus = buses[device.address?.type ?? ''] ?? 'device'
  const flavour = model !== undefined ? model.slice('virtio'.length) : ''
  return `${base}-${bus}${flavour}`
}

/** A transitional device needs a conventional slot (its I/O ports), the others are PCI Express devices. */
const wishOf = (model: VirtioModel | undefined): PciWish => ({
  plug: model === 'virtio-transitional' ? 'pci' : 'pcie',
})

/** What a virtio device wants of PCI; undefined where the machine has virtio elsewhere. */
export function virtioPciWish(
  model: VirtioModel | undefined,
  device: Addressable,
  context: Context,
): PciWish | undefined {
  if (device.address === undefined && context.virtioBus !== 'pci') return undefined
  return wishOf(model)
}

/** The same for a device that virtio-mmio has nothing for, whatever the others do. */
export function virtioPciWishBesideMmio(
  model: VirtioModel | undefined,
  device: Addressable,
  context: Context,
): PciWish | undefined {
  if (device.address === undefined && virtioOnCcw(context)) return undefined
  return wishOf(model)
}

/** True where a virtio device without an address goes to the channel subsystem. */
export function virtioOnCcw(context: Context): boolean {
  return context.virtioBus === 'ccw'
}
