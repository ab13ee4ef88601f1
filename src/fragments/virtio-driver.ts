import type { Context } from '../context/context.ts'
import type { Addressable } from './device-info.ts'

/** Models of a virtio device: as QEMU chooses, with virtio 0.9 too, or virtio 1.0 alone (formatdomain, "Virtio transitional devices"). */
export const virtioModels = ['virtio', 'virtio-transitional', 'virtio-non-transitional'] as const

export type VirtioModel = (typeof virtioModels)[number]

export function isVirtioModel(model: string | undefined): model is VirtioModel {
  return (virtioModels as readonly (string | undefined)[]).includes(model)
}

/** Transitional devices are conventional PCI, because of their I/O ports; the others are PCI Express. */
export function virtioPlug(model: VirtioModel): 'pci' | 'pcie' {
  return model === 'virtio-transitional' ? 'pci' : 'pcie'
}

/** Where a virtio device sits: where its address says, else on the machine's own bus for them. */
export function virtioBus(device: Addressable, context: Context): string {
  return device.address?.type ?? context.machine.virtioBus
}

/** QEMU's device: `virtio-net-pci`, `virtio-net-ccw`, `virtio-net-device` (MMIO), `virtio-net-pci-non-transitional`. */
export function virtioDriver(base: string, model: VirtioModel, device: Addressable, context: Context): string {
  const bus = virtioBus(device, context)
  return `virtio-${base}-${bus === 'virtio-mmio' ? 'device' : bus}${model.slice('virtio'.length)}`
}
