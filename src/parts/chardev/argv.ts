import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { type From, named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { fdSetPath } from '../../context/fd-set.ts'
import type { Chardev, ChardevOf } from '../../fragments/chardev/element.ts'
import type { Addressable } from '../../fragments/device-info.ts'
import { hostFact } from '../../origin/origin.ts'
import { emitFdSet } from '../fd-set.ts'
import { printTlsCredentials } from '../tls-credentials.ts'
import { type PreparedChardev, preparedChardev } from './prepare.ts'
import { reconnectProperties } from './reconnect.ts'

/** What depends on the device that has the host side. */
export interface ChardevUse {
  /** The device's alias; QEMU's name of the host side is `char` and this. */
  readonly alias: string
  /** Where the alias comes from. */
  readonly named: From
  /** The full name where it is another one (`chrtpm`). */
  readonly id?: string
  /** What SPICE calls a channel of this device. */
  readonly spiceName?: string
  /** What a host device node is to QEMU. */
  readonly hostPort?: 'serial' | 'parallel'
  /** QEMU waits for a client before it starts the guest (vhost-user). */
  readonly waits?: boolean
  /** The socket that libvirt chooses where the XML names none. */
  readonly automaticPath?: string
}

/** The host side of a device under the device's own name. */
export function chardevUse(device: Addressable, context: Context): ChardevUse {
  return { alias: context.alias(device), named: named(device) }
}

interface Printing<C extends Chardev> {
  readonly chardev: C
  readonly use: ChardevUse
  readonly start: PreparedChardev
  readonly properties: Properties
  readonly context: Context
}

type Source = { readonly mode: 'connect' | 'bind'; readonly reconnect?: Reconnect | undefined }
type Reconnect = { readonly enabled: boolean | undefined; readonly timeout: number | undefined }

function listenProperties(properties: Properties, use: ChardevUse): void {
  const from = rule('chardev/listen')
  properties.put('server', true, from)
  if (!use.waits) properties.put('wait', false, from)
}

function socketMode(properties: Properties, source: Source, use: ChardevUse, context: Context): void {
  if (source.mode === 'bind') listenProperties(properties, use)
  properties.append(reconnectProperties(source.reconnect, context))
}

const plain = () => {}

function path({ chardev, properties }: Printing<ChardevOf<'pipe'> | ChardevOf<'dev'>>): void {
  if (chardev.source) properties.field('path', chardev.source, 'path')
}

function channel(
  name: string,
): ({ chardev, properties }: Printing<ChardevOf<'spiceport'> | ChardevOf<'dbus'>>) => void {
  return ({ chardev, properties }) => {
    if (chardev.source) properties.field(name, chardev.source, 'channel')
  }
}

/** How each type prints after `backend,id=` (QEMU: -chardev). */
const printers: { readonly [T in Chardev['type']]: (printing: Printing<ChardevOf<T>>) => void } = {
  null: plain,
  vc: plain,
  pty: plain,
  stdio: plain,
  nmdm: plain,
  dev: path,
  pipe: path,
  spiceport: channel('name'),
  dbus: channel('name'),
  spicevmc: ({ properties, use }) => {
    properties.put('name', use.spiceName, rule('chardev/spice-name'))
  },
  file: ({ chardev: { source }, start: { file }, properties }) => {
    if (file) {
      const from = hostFact('descriptor of the file')
      properties.put('path', fdSetPath(file), from).put('append', true, from)
    } else if (source) properties.field('path', source, 'path').field('append', source, 'append')
  },
  udp: ({ chardev, properties }) => {
    const end = (mode: string) => chardev.source.find((it) => it.mode === mode)
    const connect = end('connect')
    const bind = end('bind')
    const to = connect ? of(connect, 'host', 'service') : rule('chardev/udp')
    const at = bind ? of(bind, 'host', 'service') : rule('chardev/udp-any')
    properties.put('host', connect?.host ?? '', to).put('port', connect?.service ?? '', to)
    properties.put('localaddr', bind?.host ?? '', at).put('localport', bind?.service ?? '0', at)
  },
  tcp: ({ chardev: { source, protocol }, start, use, properties, context }) => {
    if (source === undefined) return
    properties.field('host', source, 'host').field('port', source, 'service')
    if (protocol?.type === 'telnet') properties.put('telnet', true, of(protocol, 'type'))
    socketMode(properties, source, use, context)
    if (start.tls) properties.put('tls-creds', tlsId(use), rule('chardev/tls'))
  },
  unix: ({ chardev: { source }, start: { listen }, use, properties, context }) => {
    if (listen !== undefined) properties.put('fd', listen, hostFact('descriptor of the socket'))
    else if (source?.path !== undefined) properties.field('path', source, 'path')
    else properties.put('path', use.automaticPath, rule('channel/automatic-path'))
    if (source) socketMode(properties, source, use, context)
    else listenProperties(properties, use)
  },
  'qemu-vdagent': ({ chardev: { source }, properties }) => {
    properties.put('name', 'vdagent', rule('chardev/vdagent'))
    if (source?.clipboard) properties.field('clipboard', source.clipboard, 'copypaste')
    if (source?.mouse) properties.put('mouse', source.mouse.mode === 'client', of(source.mouse, 'mode'))
  },
}

/** QEMU's name of a backend where it is not the type's. */
const backends: { readonly [T in Chardev['type']]?: string } = { tcp: 'socket', unix: 'socket' }

function tlsId(use: ChardevUse): string {
  return `obj${chardevId(use)}_tls0`
}

/** QEMU's name of the host side of a device. */
export function chardevId({ id, alias }: Pick<ChardevUse, 'id' | 'alias'>): string {
  return id ?? `char${alias}`
}

/** Prints `-chardev` and what it needs before it: descriptors, the TLS credentials. */
export function emitChardev(chardev: Chardev, use: ChardevUse, context: Context, out: CommandLineBuilder): void {
  const start = preparedChardev(chardev, context)
  const { config } = context.host
  emitFdSet(start.file, out)
  emitFdSet(start.log, out)
  if (start.tls && chardev.type === 'tcp') {
    const server = chardev.source?.mode === 'bind'
    printTlsCredentials(
      {
        id: tlsId(use),
        directory: config.chardevTLSx509certdir,
        endpoint: server ? 'server' : 'client',
        verifyPeer: server ? config.chardevTLSx509verify : true,
        owner: chardev,
        named: use.named,
        secretId: `${chardevId(use)}-secret0`,
        from: hostFact('TLS of character devices'),
      },
      context,
      out,
    )
  }
  const backend = chardev.type === 'dev' ? (use.hostPort ?? 'serial') : (backends[chardev.type] ?? chardev.type)
  const properties = new Properties().put('backend', backend, of(chardev, 'type')).put('id', chardevId(use), use.named)
  const print = printers[chardev.type] as (printing: Printing<Chardev>) => void
  print({ chardev, use, start, properties, context })
  if (chardev.log) logProperties(chardev.log, start, properties)
  out.keyValue('-chardev', properties, 'backend')
}

function logProperties(log: NonNullable<Chardev['log']>, { log: set }: PreparedChardev, properties: Properties): void {
  if (set) {
    const from = hostFact('descriptor of the log')
    properties.put('logfile', fdSetPath(set), from).put('logappend', true, from)
  } else properties.field('logfile', log, 'file').field('logappend', log, 'append')
}
