import type { PciWish } from '../../context/address-wish.ts'
import type { Context } from '../../context/context.ts'
import { defaultRule } from '../../origin/origin.ts'
import type { Controller, ControllerOf } from './element.ts'

type UsbController = ControllerOf<'usb'>
type UsbModel = NonNullable<UsbController['model']>

/** Companions of ICH9's EHCI controller: the first port that each takes over, and its function of the shared slot. */
const companions: { readonly [M in UsbModel]?: { readonly startport: number; readonly function: number } } = {
  'ich9-uhci1': { startport: 0, function: 0 },
  'ich9-uhci2': { startport: 2, function: 1 },
  'ich9-uhci3': { startport: 4, function: 2 },
}
const ehciFunction = 7

export function isCompanion(device: UsbController): boolean {
  return device.master !== undefined || (device.model !== undefined && device.model in companions)
}

/** A companion without an index belongs to the controller of its set that stands right before it. */
export function shareIndex(device: Controller, context: Context): boolean {
  if (device.type !== 'usb' || !isCompanion(device)) return false
  const list = context.devices.controller
  const before = list[list.indexOf(device) - 1]
  if (before?.type !== 'usb' || !(before.model === 'ich9-ehci1' || isCompanion(before))) return false
  context.set(device, 'index', before.index, defaultRule('controller/usb-companion-index'))
  return true
}

/** The ports that a companion takes over, where the XML does not say. */
export function fillMaster(device: UsbController, context: Context): void {
  const companion = device.model && companions[device.model]
  if (!companion || device.master !== undefined) return
  const reason = defaultRule('controller/usb-master')
  context.set(device, 'master', context.made({ startport: companion.startport }, reason), reason)
}

/** An EHCI controller and its companions are functions of one slot. */
export function usbWish(device: UsbController, context: Context): PciWish {
  const { model = 'piix3-uhci', index } = device
  if (model === 'qemu-xhci' || model === 'nec-xhci') return { plug: 'pcie' }
  const fn = model === 'ich9-ehci1' ? ehciFunction : companions[model]?.function
  if (fn === undefined) return { plug: 'pci' }
  // Only the first companion brings the set to the chipset's own slots (oracle: 11.3, 12.8).
  const isSet = context.controllers('usb').some((it) => it.index === index && it.model === 'ich9-uhci1')
  const preferred = isSet ? context.machine.pci.usualSlots?.ich9Usb : undefined
  return { plug: 'pci', sharedSlot: { key: `usb ${index}`, function: fn }, ...(preferred && { preferred }) }
}
