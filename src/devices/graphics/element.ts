import type { Settling } from '../../codec/description.ts'
import { choice, element, type Infer } from '../../codec/element.ts'
import { child, derived, many, optional, required } from '../../codec/field.ts'
import { integer, unsetAtZero } from '../../codec/number.ts'
import { newer, oneOf, pattern, secret, text, yesElseNoUntil, yesNo, yesNoOrNothingUntil } from '../../codec/scalar.ts'
import { audioReference } from '../../fragments/audio-reference.ts'
import { attributeOf, elementsOf, type XmlElement } from '../../xml/tree.ts'
import { type Listen, listen } from './listen.ts'
import { settleChannels, spiceChildren } from './spice-element.ts'

/** Any number may stand in a definition; a start looks at it (oracle: 11.3, 12.8). */
const anyPort = integer({ min: -0x8000_0000, max: 0x7fff_ffff })
const mainPort = optional(anyPort, { doc: 'TCP port; -1: chosen at a start.' })
const autoport = optional(yesNoOrNothingUntil('12.8'), { doc: 'Ports are chosen at a start.' })
const listens = many(listen, { name: 'listen' })
interface VncPorts {
  readonly websocket?: number
  readonly websocketGenerated?: boolean
  readonly listens?: readonly Listen[]
}

/** What was chosen at a start is -1, and nothing where there is no port (oracle: 11.3, 12.8). */
function shownWebsocket({ websocket, websocketGenerated, listens: places = [] }: VncPorts): string | undefined {
  if (!websocketGenerated) return websocket === undefined ? undefined : `${websocket}`
  const kind = places[0]?.type
  return kind === 'socket' || kind === 'none' ? undefined : '-1'
}

const listenAddress = optional(text, { doc: 'The address of the first <listen>, for old readers.' })
const keymap = optional(text, { doc: "QEMU's name of a keyboard layout." })

const password = {
  passwd: optional(secret(text), { keepsEmpty: true, doc: 'Password; an empty one lets nobody in.' }),
  passwdValidTo: optional(pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'a time such as 2030-01-31T12:00:00 (UTC)'), {
    keepsEmpty: true,
    doc: 'The password is good until then (UTC).',
  }),
} as const

const whenPasswordChanges = optional(oneOf('fail', 'disconnect', 'keep'), {
  doc: 'What happens to clients when the password changes.',
})

/** A switch of VirtualBox. */
const otherSwitch = (doc: string) =>
  optional(yesElseNoUntil('12.8'), { doc: `${doc}; another hypervisor's.`, omit: (value) => !value })

const glSwitch = element('gl', 'OpenGL.', { attributes: { enable: required(yesNo, { doc: 'Draw by OpenGL.' }) } })

const glNode = element(
  'gl',
  'OpenGL.',
  { attributes: { rendernode: optional(text, { doc: 'DRM render node of the host; one is chosen where absent.' }) } },
  { omitEmpty: true },
)

const glSwitchAndNode = element('gl', 'OpenGL.', {
  attributes: {
    enable: required(yesNo, { doc: 'Draw by OpenGL.' }),
    rendernode: optional(text, { doc: 'DRM render node of the host; one is chosen where absent.' }),
  },
})

export const graphics = element(
  'graphics',
  'A way to see the screen of the guest.',
  {
    attributes: {
      type: required(newer(oneOf('sdl', 'vnc', 'rdp', 'desktop', 'spice', 'egl-headless', 'dbus'), { rdp: '11.1' }), {
        doc: 'How it is shown; desktop belongs to another hypervisor.',
      }),
    },
    children: {
      by: choice('type', {
        sdl: {
          attributes: {
            display: optional(text, { doc: 'X display (DISPLAY).' }),
            xauth: optional(text, { doc: 'File of X authority (XAUTHORITY).' }),
            fullscreen: optional(yesNo, { doc: 'Fill the screen.', omit: (value) => !value }),
            // Printed since that release only.
            windowed: derived(({ fullscreen }: { fullscreen?: boolean }) => (fullscreen === false ? 'no' : undefined), {
              name: 'fullscreen',
              doc: 'Leave the screen to others.',
              since: '12.8',
            }),
          },
          children: { gl: child(glSwitch) },
        },
        vnc: {
          attributes: {
            socket: optional(text, { doc: 'The socket of the first <listen>, for old readers.' }),
            port: mainPort,
            autoport,
            // Printed below: -1 is shown where it was chosen.
            websocket: optional(unsetAtZero(integer({ min: -0x80000000, max: 65535 })), {
              doc: 'TCP port of the websocket; -1: chosen at a start.',
              omit: () => true,
            }),
            websocketShown: derived(shownWebsocket, { name: 'websocket', doc: '-1: chosen at a start.' }),
            websocketGenerated: optional(yesNo, {
              doc: 'yes: the port of the websocket was chosen at a start; the definition shows that it is.',
              omit: () => true,
            }),
            wait: optional(yesNo, { doc: 'Whether the guest waits for a first client (only kept).', since: '11.10' }),
            listen: listenAddress,
            keymap,
            sharePolicy: optional(oneOf('allow-exclusive', 'force-shared', 'ignore'), {
              doc: 'What happens to other clients when one connects.',
            }),
            powerControl: optional(yesNo, { doc: 'Clients may shut down, reboot and reset the guest.' }),
            ...password,
            connected: optional(oneOf('keep'), { doc: 'What happens to clients when the password changes.' }),
          },
          children: { listens, audio: child(audioReference) },
        },
        spice: {
          attributes: {
            port: mainPort,
            tlsPort: optional(anyPort, { doc: 'TCP port for TLS; -1: chosen at a start.' }),
            autoport: optional(yesNo, { doc: 'Ports are chosen at a start.' }),
            listen: listenAddress,
            keymap,
            defaultMode: optional(oneOf('any', 'secure', 'insecure'), {
              doc: 'Whether channels go over TLS.',
              omit: (value) => value === 'any',
            }),
            ...password,
            connected: whenPasswordChanges,
          },
          children: { listens, ...spiceChildren, gl: child(glSwitchAndNode) },
        },
        rdp: {
          attributes: {
            // Printed below: 0 is shown where it was chosen.
            port: optional(anyPort, { doc: 'TCP port; -1: chosen at a start.', omit: () => true }),
            portShown: derived(
              ({ port, autoport }: { port?: number; autoport?: boolean }) => (port || autoport ? `${port}` : undefined),
              { name: 'port', doc: '0: chosen at a start.' },
            ),
            autoport: optional(yesElseNoUntil('12.8'), {
              doc: 'The port is chosen at a start.',
              omit: (value) => !value,
            }),
            replaceUser: otherSwitch('A new client takes the place of the one there'),
            multiUser: otherSwitch('Several clients at once'),
            listen: listenAddress,
            username: optional(text, { keepsEmpty: true, doc: 'Who may log in, with the password.', since: '11.1' }),
            ...password,
            connected: whenPasswordChanges,
          },
          children: { listens },
        },
        desktop: {
          attributes: {
            display: optional(text, { doc: 'The X display.' }),
            fullscreen: optional(yesNo, { doc: 'Whether the window fills the screen.' }),
          },
        },
        'egl-headless': { children: { gl: child(glNode) } },
        dbus: {
          attributes: {
            p2p: optional(yesNo, { doc: 'Clients are handed a connection; there is no bus.', omit: (value) => !value }),
            busAddress: optional(text, { name: 'address', doc: 'Address of a bus.' }),
          },
          children: { gl: child(glSwitchAndNode), audio: child(audioReference) },
        },
      }),
    },
  },
  {
    settle: (settling) => {
      checkOldSpelling(settling)
      settleChannels(settling)
      forgetWithoutPassword(settling)
    },
  },
)

/** What is said of a password is forgotten where there is none (oracle: 11.3, 12.8). */
function forgetWithoutPassword({ fields }: Settling): void {
  if (fields.passwd !== undefined) return
  for (const field of ['username', 'passwdValidTo', 'connected']) if (field in fields) fields[field] = undefined
}

/** The address of the first `<listen>`, be it empty. */
function saidOf(node: XmlElement): string | undefined {
  const first = elementsOf(node).find(({ local }) => local === 'listen')
  return first && attributeOf(first, 'address')?.value
}

/** What an old reader is told beside the elements must be what they say. */
function checkOldSpelling({ fields, node, error }: Settling): void {
  const [first] = (fields.listens ?? []) as readonly Listen[]
  if (first === undefined) return
  const refuse = (attribute: string, given: string, meant: string) =>
    error({
      code: 'graphics/listen-differs',
      message: `The attribute says ${given}, the first <listen> ${meant}.`,
      hint: `Remove the attribute ${attribute}: <listen> says it all.`,
      attribute,
    })
  const { listen: address, socket } = fields
  if (first.type === 'address' && address) {
    // Left out, it is that of the attribute; empty, it is another.
    const said = first.address ?? saidOf(node)
    if (said !== undefined && said !== address) refuse('listen', String(address), said || 'nothing')
  }
  if (first.type === 'socket' && first.socket && socket && socket !== first.socket) {
    refuse('socket', String(socket), first.socket)
  }
}

export type Graphics = Infer<typeof graphics>
export type GraphicsOf<T extends Graphics['type']> = Extract<Graphics, { type: T }>
/** Screens that clients connect to. */
export type Server = GraphicsOf<'vnc'> | GraphicsOf<'spice'>
/** Screens with a place where clients connect, whoever listens there. */
export type Listening = Server | GraphicsOf<'rdp'>

export function isServer(device: Graphics): device is Server {
  return device.type === 'vnc' || device.type === 'spice'
}

export function hasListens(device: Graphics): device is Listening {
  return isServer(device) || device.type === 'rdp'
}
