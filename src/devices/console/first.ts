import type { Context } from '../../context/context.ts'
import type { Origin } from '../../origin/origin.ts'
import { defaultRule, implicitRule } from '../../origin/origin.ts'
import { refuseSpiceChannel } from '../../parts/chardev/validate.ts'
import { consoleTarget, type GuestConsole, guestConsole } from './element.ts'

/**
 * The first console and the first serial port of a full guest are one device (formatdomain, "Relationship between
 * serial ports and consoles"): each brings the other, and the console shows what the port is.
 */
export function addSerialConsole(context: Context): void {
  if (context.definition.os.type.value !== 'hvm') return
  const [first] = context.devices.console
  const isSerial = first?.target?.type === 'serial'
  if (isSerial && context.devices.serial.length === 0) addSerial(first, context)
  // Of what the port overwrites, this alone is looked at (libvirt 11.3 and 12.8 asked).
  else if (isSerial) {
    refuseSpiceChannel(first, context)
    forgetPlace(first, context)
  }
  if (first?.target?.type !== 'serial') addConsole(context)
}

/** Wherever the console says it is, it is where the port is: it asks for no controller (oracle: 11.3, 12.8). */
function forgetPlace(first: GuestConsole, context: Context): void {
  if (first.address === undefined) return
  context.set<GuestConsole, 'address'>(first, 'address', undefined, defaultRule('console/is-serial'))
}

/** All that a console and a serial port have in common: everything but the target. */
const ownKeys: ReadonlySet<string> = new Set(['target'])

function shared(device: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(device).filter(([key]) => !ownKeys.has(key)))
}

function addSerial(first: GuestConsole, context: Context): void {
  const reason = implicitRule('console/serial')
  const target = context.made({ type: undefined, port: 0, model: undefined }, reason)
  context.insert(context.devices.serial, context.create('serial', { ...shared(first), target }), reason)
}

/** Ports that the board has by itself are the guest's console; one on USB or PCI is not. */
const noConsole: ReadonlySet<string | undefined> = new Set(['usb-serial', 'pci-serial', 'isa-debug'])

function addConsole(context: Context): void {
  const [port] = context.devices.serial
  if (port === undefined || noConsole.has(port.target?.type)) return
  const reason = implicitRule('console/of-serial')
  const target = context.made(consoleTarget.create({ type: 'serial', port: 0 }), reason)
  context.insert(context.devices.console, guestConsole.create({ ...shared(port), target }), reason, 0)
  numberConsoles(context)
}

/** A console is numbered by its place in the list, the one of the serial port included. */
function numberConsoles(context: Context): void {
  context.devices.console.forEach(({ target }, index) => {
    if (target && target.type !== 'serial') context.set(target, 'port', index, defaultRule('console/port'))
  })
}

export function fillConsoleTargets(context: Context): void {
  context.devices.console.forEach((device, index) => {
    const reason = defaultRule('console/port')
    if (device.target === undefined)
      context.set(device, 'target', context.made(consoleTarget.create({}), reason), reason)
    const target = device.target!
    if (target.type === undefined) context.set(target, 'type', 'serial', defaultRule('console/target-type'))
    if (target.port === undefined) context.set(target, 'port', index, reason)
  })
}

/** The first serial port, of which this console is another name. */
export function serialOf(device: GuestConsole, context: Context) {
  const isFirst = device === context.devices.console[0] && device.target?.type === 'serial'
  return isFirst ? context.devices.serial[0] : undefined
}

/** Once the port has its address: the console shows the port's host side, alias and address. */
export function mirrorSerial(context: Context): void {
  const [first] = context.devices.console
  const port = first && serialOf(first, context)
  if (first === undefined || port === undefined) return
  const reason: Origin = defaultRule('console/is-serial')
  const wanted = { ...guestConsole.create({ type: port.type }), ...shared(port) }
  const has: Record<string, unknown> = shared(first)
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(has)])) {
    const value = wanted[key as keyof typeof wanted]
    if (key !== 'target' && has[key] !== value) context.set(first, key as keyof GuestConsole, value as never, reason)
  }
  const number = port.target?.port
  if (number !== undefined && first.target && first.target.port !== number)
    context.set(first.target, 'port', number, reason)
}
