import type { Context } from '../../context/context.ts'
import { asked } from '../../host/asked.ts'
import { defaultRule } from '../../origin/origin.ts'
import { dated } from '../../release/dated.ts'
import type { Graphics, GraphicsOf } from './element.ts'

type Rdp = GraphicsOf<'rdp'>

/** The program that shows the screen: a client of the guest's D-Bus screen. QEMU itself knows nothing of RDP. */
const server = 'qemu-rdp'

/** What 11.3 takes at a definition and refuses at a start (oracle: 11.3 and 12.8, with the program at hand). */
const refusedWhen = dated<'start' | 'define'>('start', ['12.8', 'define'])

/** 12.8 cannot read the switches at all, whatever they say (oracle). */
const refusesAnySwitch = dated(false, ['12.8', true])

/** Port 0 of its own is kept, -1 and none are a choice at a start (oracle: 11.3). */
export function fillRdpPortOld(device: Graphics, context: Context): void {
  if (device.type !== 'rdp') return
  if (device.autoport === true || device.port === undefined || device.port === -1) choosePort(device, context)
}

/** Without autoport, 0 too is a choice at a start; autoport='no' is none (oracle: 12.8). */
export function fillRdpPort(device: Graphics, context: Context): void {
  if (device.type !== 'rdp') return
  const isOpen = device.autoport === undefined && [undefined, 0, -1].includes(device.port)
  if (device.autoport === true || isOpen) choosePort(device, context)
}

function choosePort(device: Rdp, context: Context): void {
  const reason = defaultRule('graphics/rdp-port')
  if (device.port !== 0) context.set(device, 'port', 0, reason)
  if (device.autoport !== true) context.set(device, 'autoport', true, reason)
}

/** Source: formatdomain, "Graphical framebuffers", rdp; when what is refused: oracle. */
export function checkRdp(device: Rdp, context: Context): void {
  checkProgram(device, context)
  const when = context.plan.at(refusedWhen)
  const hasBus = context.devices.graphics.some((it) => it.type === 'dbus' && !it.p2p)
  if (!hasBus) {
    context.error({
      code: 'graphics/rdp-without-dbus',
      message: `${server} shows what a D-Bus screen on a bus draws; the guest has none.`,
      hint: "Add <graphics type='dbus'/> beside it.",
      at: device,
      field: 'type',
      when,
    })
  }
  checkListens(device, context)
  for (const field of ['multiUser', 'replaceUser'] as const) {
    if (device[field] === undefined || (!device[field] && !context.plan.at(refusesAnySwitch))) continue
    context.error({
      code: 'graphics/rdp-switch',
      message: `${field} belongs to another hypervisor; ${server} has no such switch.`,
      hint: `Remove ${field}.`,
      at: device,
      field,
    })
  }
  if (device.passwdValidTo === undefined) return
  context.error({
    code: 'graphics/rdp-password-end',
    message: 'The password of an RDP screen does not end by itself.',
    hint: 'Remove passwdValidTo.',
    at: device,
    field: 'passwdValidTo',
  })
}

function checkProgram(device: Rdp, context: Context): void {
  const asker = { at: device, field: 'type', when: 'define' } as const
  if (context.ask(asked.program(server), context.host.helpers?.[server], asker).standing !== 'absent') return
  context.error({
    code: 'graphics/rdp-unsupported',
    message: `The host has no ${server}, without which libvirt takes no RDP screen.`,
    hint: "Install it, or use type='vnc' or type='spice'.",
    at: device,
    field: 'type',
  })
}

function checkListens(device: Rdp, context: Context): void {
  const [, second] = device.listens
  if (second !== undefined) {
    context.error({
      code: 'graphics/several-listens',
      message: `${server} listens at one place; this screen names several.`,
      hint: 'Keep one <listen>.',
      at: second,
      when: context.plan.at(refusedWhen),
    })
  }
  const other = device.listens.find(({ type }) => type === 'none' || type === 'socket')
  if (other === undefined) return
  context.error({
    code: 'graphics/rdp-listen',
    message: `An RDP screen listens on TCP; <listen type='${other.type}'> is none.`,
    hint: "Write <listen type='address'/> or <listen type='network'>.",
    at: other,
    field: 'type',
  })
}
