import type { ChoiceField, Settling } from '../../codec/description.ts'
import { choice, element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required, withDefault } from '../../codec/field.ts'
import { nonEmpty, oneOf, onOff, text, yesNo } from '../../codec/scalar.ts'
import { deviceSeclabel } from '../device-seclabel.ts'
import { reconnectAttributes, settleReconnect } from '../reconnect.ts'
import { settleSource } from './settle.ts'

const mode = oneOf('connect', 'bind')
const modeDoc = 'connect: QEMU is the client; bind: it listens.'

const reconnect = element(
  'reconnect',
  'What a client does when the connection breaks.',
  { attributes: reconnectAttributes },
  {
    omitEmpty: true,
    settle: (settling) => {
      const { fields, error } = settling
      settleReconnect(settling, {
        code: 'chardev/reconnect-without-timeout',
        message: '<reconnect> needs a timeout.',
        hint: 'Add timeout, in seconds.',
      })
      if (fields.timeout !== 0) return
      error({
        code: 'chardev/reconnect-timeout',
        message: 'The timeout of <reconnect> is 0: QEMU would never connect again.',
        hint: 'Write at least 1 second, or enabled="no".',
        attribute: 'timeout',
      })
    },
  },
)

const pathSource = element(
  'source',
  'The host side: a path.',
  {
    attributes: { path: optional(text, { doc: 'A file, pipe or device of the host.', keepsEmpty: true }) },
    children: { seclabel: many(deviceSeclabel) },
  },
  { ignored: { attributes: ['mode', 'append'], children: ['reconnect'] } },
)

const fileSource = element(
  'source',
  'The host side: a file.',
  {
    attributes: {
      path: optional(text, { doc: 'The file that takes what the guest writes.', keepsEmpty: true }),
      append: optional(onOff, { doc: 'on: it is not emptied when the guest starts.' }),
    },
    children: { seclabel: many(deviceSeclabel) },
  },
  { ignored: { attributes: ['mode'], children: ['reconnect'] } },
)

export const unixSource = element('source', 'The host side: a UNIX socket.', {
  attributes: {
    mode: withDefault(mode, 'connect', { doc: modeDoc }),
    path: optional(text, { doc: 'Path of the socket.' }),
  },
  children: { reconnect: child(reconnect), seclabel: many(deviceSeclabel) },
})

const tcpSource = element(
  'source',
  'The host side: a TCP socket.',
  {
    attributes: {
      mode: withDefault(mode, 'connect', { doc: modeDoc }),
      host: optional(text, { doc: 'Name or address.', keepsEmpty: true }),
      service: optional(text, { doc: 'Port.', keepsEmpty: true }),
      tls: optional(yesNo, {
        doc: 'Whether the connection is encrypted; as qemu.conf says (chardev_tls) where absent.',
      }),
    },
    children: { reconnect: child(reconnect) },
  },
  { ignored: { attributes: ['tlsFromConfig'] } },
)

const udpSource = element('source', 'The host side: one end of a pair of UDP addresses.', {
  attributes: {
    mode: withDefault(mode, 'connect', { doc: 'connect: where packets go; bind: where they are expected.' }),
    host: optional(text, { doc: 'Name or address.', keepsEmpty: true }),
    service: optional(text, { doc: 'Port.', keepsEmpty: true }),
  },
})

const channelName = (what: string) =>
  element('source', `The host side: ${what}.`, {
    attributes: { channel: optional(nonEmpty, { doc: 'Name of the port.' }) },
  })

const nmdmSource = element('source', 'The host side: a null modem (FreeBSD).', {
  attributes: {
    master: optional(nonEmpty, { doc: "The guest's end." }),
    slave: optional(nonEmpty, { doc: "The host's end." }),
  },
})

const vdagentSource = element(
  'source',
  "What the guest's agent shares with the screen.",
  {
    children: {
      clipboard: child(
        element('clipboard', 'The clipboard.', {
          attributes: { copypaste: required(yesNo, { doc: 'Whether it is shared.' }) },
        }),
      ),
      mouse: child(
        element('mouse', 'The mouse.', {
          attributes: { mode: required(oneOf('client', 'server'), { doc: 'Who draws the pointer.' }) },
        }),
      ),
    },
  },
  { omitEmpty: true },
)

const protocol = element('protocol', 'What is spoken on a TCP socket.', {
  attributes: {
    type: withDefault(oneOf('raw', 'telnet', 'telnets', 'tls'), 'raw', {
      doc: 'raw: bytes as they are; telnet: with its control bytes.',
    }),
  },
})

const log = element(
  'log',
  'A file that gets a copy of what the guest writes.',
  {
    attributes: {
      file: optional(text, { doc: 'Its path.' }),
      append: optional(onOff, { doc: 'on: it is not emptied when the guest starts.' }),
    },
  },
  { omitEmpty: true },
)

/** The kinds of host side that libvirt knows. */
export const chardevType = oneOf(
  'null',
  'vc',
  'pty',
  'dev',
  'file',
  'pipe',
  'stdio',
  'udp',
  'tcp',
  'unix',
  'spicevmc',
  'spiceport',
  'nmdm',
  'qemu-vdagent',
  'dbus',
)

const path = { children: { source: child(pathSource) } } as const

/**
 * The host side of a character device, by its attribute `type` (formatdomain, "Host interface"). Stands under the key
 * `by` of the element that has it.
 */
export const chardevBy = choice('type', {
  null: {},
  vc: {},
  pty: {},
  stdio: {},
  spicevmc: {},
  dev: path,
  pipe: path,
  file: { children: { source: child(fileSource) } },
  udp: { children: { source: many(udpSource) } },
  tcp: { children: { source: child(tcpSource), protocol: child(protocol, { once: true }) } },
  unix: { children: { source: child(unixSource) } },
  spiceport: { children: { source: child(channelName('a named port of SPICE')) } },
  nmdm: { children: { source: child(nmdmSource) } },
  'qemu-vdagent': { children: { source: child(vdagentSource) } },
  dbus: { children: { source: child(channelName('a named port on D-Bus')) } },
})

export const chardevLog = child(log, { once: true })

/** `<source>` and `<protocol>` where the type has no use for them. */
export const chardevIgnored = { attributes: ['tty'], children: ['source', 'protocol'] } as const

type Of<F> = F extends ChoiceField<infer U> ? U : never

/** The host side of a character device. */
export type Chardev = Of<typeof chardevBy> & { readonly log?: Infer<typeof log> | undefined }
export type ChardevOf<T extends Chardev['type']> = Extract<Chardev, { type: T }>

/** The labels of the host side, of the devices that libvirt reads none for (oracle: 11.3, 12.8). */
export function settleUnlabelled(settling: Settling): void {
  settleChardev(settling)
  const source = settling.fields.source as { seclabel?: unknown } | undefined
  if (source?.seclabel !== undefined) source.seclabel = []
}

/** Rules of the host side alone; runs when the element that has it has been read. */
export function settleChardev(settling: Settling): void {
  const { fields } = settling
  if (fields.type === 'tcp') fields.protocol ??= protocol.create({ type: 'raw' })
  // A log without a file is as good as none.
  if ((fields.log as Infer<typeof log> | undefined)?.file === undefined) fields.log = undefined
  settleSource(settling)
}
