import type { Context } from '../../context/context.ts'
import { defaultRule } from '../../origin/origin.ts'
import { type Serial, serialTarget } from './element.ts'
import { usualModel } from './models.ts'

const portRule = defaultRule('serial/port')
const typeRule = defaultRule('serial/target-type')
const modelRule = defaultRule('serial/model')

/** Ports that a PC has for serial lines. */
const isaPorts = 4

/** Ports that are said to be of ISA get the lowest free numbers; each holds its own. Source: libvirt 11.3 and 12.8, asked. */
export function fillIsaPorts(context: Context): void {
  const taken = new Set<number>()
  const ofIsa = context.devices.serial.filter(({ target }) => target?.type === 'isa-serial')
  const refuse = (device: Serial, message: string) =>
    context.error({
      code: 'serial/isa-port',
      message,
      hint: `Leave port out, or choose a free one from 0 to ${isaPorts - 1}.`,
      at: device.target ?? device,
    })
  for (const device of ofIsa) {
    const port = device.target?.port
    if (port === undefined) continue
    if (port >= isaPorts) refuse(device, `There is no ISA port ${port}: a guest has ${isaPorts}.`)
    else if (taken.has(port)) refuse(device, `Port ${port} is that of another serial line.`)
    taken.add(port)
  }
  let port = 0
  for (const device of ofIsa) {
    if (device.target === undefined || device.target.port !== undefined) continue
    while (taken.has(port)) port++
    taken.add(port)
    if (port >= isaPorts) refuse(device, `There is no ISA port left: a guest has ${isaPorts}.`)
    context.set(device.target, 'port', port, portRule)
  }
}

/** A port without a number gets the next after the highest. */
export function fillPorts(context: Context): void {
  let highest = -1
  for (const { target } of context.devices.serial) highest = Math.max(highest, target?.port ?? -1)
  for (const device of context.devices.serial) {
    if (device.target === undefined)
      context.set(device, 'target', context.made(serialTarget.create({}), portRule), portRule)
    const target = device.target!
    if (target.port !== undefined) continue
    highest++
    context.set(target, 'port', highest, portRule)
  }
}

/** The machine's own kind of port; `isa-serial` is how old libvirts wrote it on every machine. */
export function fillTargetType({ target }: Serial, context: Context): void {
  if (target === undefined || (target.type !== undefined && target.type !== 'isa-serial')) return
  const own = context.machine.serial?.type
  if (target.type !== own) context.set(target, 'type', own, typeRule)
}

export function fillModel({ target }: Serial, context: Context): void {
  if (target?.type === undefined || target.model !== undefined) return
  const own = context.machine.serial
  const name = own?.type === target.type ? own.model : usualModel[target.type]
  if (name !== undefined) context.set(target, 'model', context.made({ name }, modelRule), modelRule)
}
