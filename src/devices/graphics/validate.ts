import type { Context } from '../../context/context.ts'
import type { AudioReference } from '../../fragments/audio-reference.ts'
import { checkAudioReference } from '../../parts/audio-reference.ts'
import { dated } from '../../release/dated.ts'
import { type Graphics, type GraphicsOf, isServer, type Server } from './element.ts'
import { checkRdp } from './rdp.ts'
import { firstVncPort } from './vnc.ts'

export function checkGraphics(device: Graphics, context: Context): void {
  switch (device.type) {
    case 'desktop':
      context.error({
        code: 'graphics/other-hypervisor',
        message: `Screens of type ${device.type} belong to another hypervisor; QEMU has none.`,
        hint: "Use type='vnc' or type='spice'.",
        at: device,
        field: 'type',
      })
      return
    case 'rdp':
      checkRdp(device, context)
      return
    case 'egl-headless':
      checkCompanion(device, context)
      return
    case 'dbus':
      if (device.p2p && device.busAddress !== undefined) {
        context.error({
          code: 'graphics/dbus-p2p-and-address',
          message: 'A D-Bus screen is handed connections (p2p) or sits on a bus (address), not both.',
          hint: 'Remove one of the two attributes.',
          at: device,
          field: 'busAddress',
        })
      }
      checkAudioReference(device.audio, context)
      checkDbusAudio(device.audio, context)
      return
    default:
      if (isServer(device)) checkServer(device, context)
  }
}

/** A D-Bus screen hands its own kind of sound on. */
function checkDbusAudio(reference: AudioReference | undefined, context: Context): void {
  const chosen = context.devices.audio.find(({ id }) => id === reference?.id)
  if (reference === undefined || chosen === undefined || chosen.type === 'dbus') return
  context.error({
    code: 'graphics/dbus-audio',
    message: `A D-Bus screen carries sound of the type dbus, not ${chosen.type}.`,
    hint: "Refer to an <audio type='dbus'>.",
    at: reference,
    field: 'id',
  })
}

/** It draws for others and shows nothing itself. Source: formatdomain, "egl-headless". */
function checkCompanion(device: Graphics, context: Context): void {
  const others = context.devices.graphics.filter((it) => it.type !== 'egl-headless')
  const drawing = others.find((it) => it.type === 'spice' && it.gl?.enable)
  if (drawing !== undefined) {
    context.error({
      code: 'graphics/several-opengl',
      message: 'QEMU draws by OpenGL on one screen; SPICE and egl-headless both would.',
      hint: "Remove one of the two, or write <gl enable='no'/> in SPICE's.",
      at: device,
    })
  }
  if (others.every((it) => isServer(it))) return
  context.error({
    code: 'graphics/egl-headless-companion',
    message: 'egl-headless draws for VNC or SPICE; the guest has another kind of screen.',
    hint: "Use type='vnc' or type='spice' beside it.",
    at: device,
    field: 'type',
  })
}

/** VNC carries the sound of the guest, be there a sound card or not (oracle: 11.3, VNC before SDL). */
function checkSound(device: GraphicsOf<'vnc'>, context: Context): void {
  if (device.audio !== undefined || context.devices.audio.length > 0) return
  context.error({
    code: 'graphics/vnc-without-audio',
    message:
      "A VNC screen hands on the guest's sound, and the last screen of the guest leaves it without an audio backend.",
    hint: "Add <audio id='1' type='none'/>.",
    at: device,
    when: 'start',
  })
}

/** The protocol of VNC has room for no more. */
const vncPasswordBytes = 8

function checkPassword(device: GraphicsOf<'vnc'>, context: Context): void {
  const length = new TextEncoder().encode(device.passwd ?? '').length
  if (length <= vncPasswordBytes) return
  context.error({
    code: 'graphics/vnc-password',
    message: `The password of a VNC screen has at most ${vncPasswordBytes} bytes; this one has ${length}.`,
    hint: 'Shorten it, or protect the screen by TLS with certificates or SASL (qemu.conf).',
    at: device,
    field: 'passwd',
  })
}

const lastPort = 65535

/** What 11.3 takes at a definition and refuses at a start (oracle: 11.3, 12.8). */
const severalRefusedWhen = dated<'start' | 'define'>('start', ['12.8', 'define'])

function checkServer(device: Server, context: Context): void {
  if (device.type === 'vnc') {
    checkAudioReference(device.audio, context)
    checkPassword(device, context)
    checkSound(device, context)
  }
  const [first, second] = device.listens
  if (device.type === 'spice' && device.gl?.enable && (first?.type === 'address' || first?.type === 'network')) {
    context.warn({
      code: 'graphics/gl-over-network',
      message:
        'SPICE draws by OpenGL for clients of the same machine only: QEMU before 10.1 ends where a port is open too.',
      hint: "Write <listen type='none'/>, or <gl enable='no'/>.",
      at: device.gl,
      field: 'enable',
    })
  }
  if (second !== undefined) {
    context.error({
      code: 'graphics/several-listens',
      message: 'QEMU listens at one place for each screen; this one names several.',
      hint: 'Keep one <listen>.',
      at: second,
      when: context.plan.at(severalRefusedWhen),
    })
  }
  if (device.type === 'vnc' && first?.type === 'address' && device.autoport !== true) {
    const { port = 0 } = device
    if (port < firstVncPort || port > lastPort) {
      context.error({
        code: 'graphics/vnc-port',
        message: `VNC cannot use port ${port}: QEMU counts displays from port ${firstVncPort}, and TCP's last is ${lastPort}.`,
        hint: `Use a port from ${firstVncPort} to ${lastPort}, or autoport='yes'.`,
        at: device,
        field: 'port',
        when: 'start',
      })
    }
  }
  if (device.type === 'spice' && (device.tlsPort ?? -1) > 0 && !context.host.config.spiceTLS) {
    context.error({
      code: 'graphics/spice-tls-disabled',
      message: 'SPICE is to use TLS, which the configuration of the driver turns off.',
      hint: 'Set spice_tls in qemu.conf, or remove tlsPort.',
      at: device,
      field: 'tlsPort',
    })
  }
}

/** QEMU has one screen of each type. */
export function checkScreens(context: Context): void {
  const seen = new Set<Graphics['type']>()
  for (const device of context.devices.graphics) {
    if (seen.has(device.type)) {
      context.error({
        code: 'graphics/several-of-a-type',
        message: `The guest has another screen of type ${device.type}; QEMU shows one.`,
        hint: 'Keep one of each type.',
        at: device,
        field: 'type',
        when: 'start',
      })
    }
    seen.add(device.type)
  }
}
