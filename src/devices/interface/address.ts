import type { PciWish } from '../../context/address-wish.ts'
import type { Context } from '../../context/context.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { hostPciWish } from '../../parts/host-pci.ts'
import { virtioPciWish } from '../../parts/virtio-device.ts'
import { dated } from '../../release/dated.ts'
import { quirk } from '../../release/quirk.ts'
import type { EmulatedInterface, Interface } from './element.ts'

/** Models that are PCI Express devices; any other is conventional PCI. */
const expressModels: ReadonlySet<string> = new Set(['e1000e', 'igb'])

/** Models that sit on no bus of ours: parts of a board, or on a bus of their own. */
const otherBuses: { readonly [model: string]: 'board' | 'usb' | 'spapr-vio' } = {
  lan9118: 'board',
  smc91c111: 'board',
  'usb-net': 'usb',
  'spapr-vlan': 'spapr-vio',
}

/** The card that libvirt gives the Versatile/PB: it took the name for one of a PCI card, until it knew better. */
const busOfMisspelt = quirk(
  'interface/scm91c111',
  'libvirt 11.3 and 12.8 asked',
  dated<'pci' | 'board'>('pci', ['12.8', 'board']),
)

function busOf(device: EmulatedInterface, context: Context): string {
  const model = device.model?.type
  if (isVirtioModel(model)) return context.virtioBus
  if (model === 'scm91c111') return context.plan.at(busOfMisspelt)
  return (model && otherBuses[model]) || 'pci'
}

export function interfacePci(device: Interface, context: Context): PciWish | undefined {
  if (device.type === 'hostdev') return hostPciWish(device, context)
  const model = device.model?.type
  if (isVirtioModel(model)) return virtioPciWish(model, device, context)
  if (device.address?.type !== 'pci' && busOf(device, context) !== 'pci') return undefined
  return { plug: model !== undefined && expressModels.has(model) ? 'pcie' : 'pci' }
}

export function isVirtioCard(device: Interface): boolean {
  return device.type !== 'hostdev' && isVirtioModel(device.model?.type)
}

export function isUsbCard(device: Interface, context: Context): boolean {
  return device.type !== 'hostdev' && busOf(device, context) === 'usb'
}

/** False for a card that is part of the board (QEMU: `-net nic`). */
export function isPluggable(device: EmulatedInterface, context: Context): boolean {
  return device.address !== undefined || busOf(device, context) !== 'board'
}
