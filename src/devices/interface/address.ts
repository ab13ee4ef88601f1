import type { Arch } from '../../capabilities/capabilities.ts'
import type { PciWish } from '../../context/address-wish.ts'
import type { Context } from '../../context/context.ts'
import { isUnsetPci } from '../../fragments/pci-address.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { own } from '../../own.ts'
import { hostPciWish } from '../../parts/host-pci.ts'
import { virtioPciWish } from '../../parts/virtio-device.ts'
import { dated } from '../../release/dated.ts'
import { quirk } from '../../release/quirk.ts'
import type { EmulatedInterface, Interface } from './element.ts'

/**
 * Models that are conventional PCI devices; any other is taken for a PCI Express one, whatever QEMU has behind its name.
 * Source: libvirt 11.3 and 12.8, asked for 29 models on q35 and virt.
 */
const conventionalModels: ReadonlySet<string> = new Set([
  'e1000',
  'rtl8139',
  'vmxnet',
  'vmxnet2',
  'vmxnet3',
  'netfront',
  'vlance',
  'Am79C970A',
  'Am79C973',
  '82540EM',
  '82545EM',
  '82543GC',
  'lan9118',
  'scm91c111',
])

/** Models that sit on no bus of ours: parts of a board, or on a bus of their own. */
const otherBuses: { readonly [model: string]: 'usb' | 'spapr-vio' } = {
  'usb-net': 'usb',
  'spapr-vlan': 'spapr-vio',
}

/** Cards of ARM boards: libvirt took the names for PCI cards, until it knew better. One it misspells. */
const busOfBoardCards = quirk(
  'interface/board-cards',
  'libvirt 11.3 and 12.8 asked for both on q35, pc, pseries and virt',
  dated<'pci' | 'board'>('pci', ['12.8', 'board']),
)

/** A card that a board without PCI has by itself. */
const boardCards: ReadonlySet<string> = new Set(['lan9118', 'smc91c111'])

function busOf(device: EmulatedInterface, context: Context): string {
  const model = device.model?.type
  if (isVirtioModel(model)) return context.virtioBus
  if (model === undefined) return 'pci'
  if (context.machine.pci.root === 'none' && boardCards.has(model)) return 'board'
  if (model === 'scm91c111' || model === 'lan9118') return context.plan.at(busOfBoardCards)
  return own(otherBuses, model) ?? 'pci'
}

export function interfacePci(device: Interface, context: Context): PciWish | undefined {
  if (device.type === 'hostdev') return hostPciWish(device, context)
  const model = device.model?.type
  if (isVirtioModel(model)) return virtioPciWish(model, device, context)
  const isGiven = device.address?.type === 'pci' && !isUnsetPci(device.address)
  if (!isGiven && busOf(device, context) !== 'pci') return undefined
  return { plug: model === undefined || conventionalModels.has(model) ? 'pci' : 'pcie' }
}

export function isVirtioCard(device: Interface): boolean {
  return device.type !== 'hostdev' && isVirtioModel(device.model?.type)
}

export function isUsbCard(device: Interface, context: Context): boolean {
  return device.type !== 'hostdev' && busOf(device, context) === 'usb'
}

const armArchs: ReadonlySet<Arch> = new Set(['aarch64', 'armv7l', 'armv6l'])

/**
 * False for a card that is part of the board (QEMU: `-net nic`): on ARM, any that has no slot. Source: libvirt 11.3 and
 * 12.8, asked for 34 models on virt, vexpress-a9 and realview-pbx-a9.
 */
export function isPluggable({ address }: EmulatedInterface, { arch }: Context): boolean {
  return !armArchs.has(arch) || address?.type === 'pci' || address?.type === 'virtio-mmio'
}
