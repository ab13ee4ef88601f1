import { isX86 } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'
import { defaultRule, implicitRule } from '../../origin/origin.ts'
import { type Input, input } from './element.ts'

/** A PC has a PS/2 mouse and keyboard, named or not. */
export function addPs2(context: Context): void {
  if (!context.machine.ps2 || context.definition.features?.ps2?.state === false) return
  for (const type of ['mouse', 'keyboard'] as const) add(type, 'ps2', 'input/ps2', context)
}

/**
 * A machine without PS/2 gets a USB keyboard and mouse with its first screen, each where none is on USB; a tablet is as
 * good as a mouse. Source: libvirt 11.3, asked with each pair of input devices.
 */
export function addUsb(context: Context): void {
  const { graphics, input: list } = context.devices
  if (!context.machine.usbInput || graphics.length === 0) return
  add('keyboard', 'usb', 'input/usb', context)
  if (!list.some(({ type, bus }) => type === 'tablet' && bus === 'usb')) add('mouse', 'usb', 'input/usb', context)
}

function add(type: 'mouse' | 'keyboard', bus: 'ps2' | 'usb', name: string, context: Context): void {
  const list = context.devices.input
  if (list.some((it) => it.type === type && it.bus === bus)) return
  context.insert(list, input.create({ type, bus }), implicitRule(name))
}

/** After the implicit devices: a device without a bus keeps none of them away. Source: libvirt 11.3 and 12.8 asked. */
export function fillBuses(context: Context): void {
  for (const device of context.devices.input) fillBus(device, context)
}

function fillBus(device: Input, context: Context): void {
  if (device.type === 'evdev' || device.bus !== undefined) return
  const isPc = isX86(context.arch)
  const bus =
    isPc && (device.type === 'mouse' || device.type === 'keyboard')
      ? 'ps2'
      : device.type === 'passthrough' || context.machine.virtioBus === 'ccw'
        ? 'virtio'
        : 'usb'
  context.set(device, 'bus', bus, defaultRule('input/bus'))
}
