import type { Context } from '../../context/context.ts'
import { defaultRule } from '../../origin/origin.ts'
import { dated } from '../../release/dated.ts'
import { type Graphics, hasListens, isServer, type Listening, type Server } from './element.ts'
import { type Listen, listen } from './listen.ts'

const listenReason = defaultRule('graphics/listen')

/**
 * Brings the ways to say where a screen listens into one: `<listen>` elements, of which the first shows again in the
 * attributes. Source: formatdomain, "Graphical framebuffers".
 */
export function fillListen(device: Graphics, context: Context): void {
  if (!hasListens(device)) return
  forgetGeneratedAttribute(device, context)
  if (device.type === 'vnc' && device.socket !== undefined) {
    const [first] = device.listens
    if (
      first?.type !== 'none' &&
      (first?.type !== 'socket' || first.socket !== device.socket || device.listens.length > 1)
    ) {
      context.replace<Listen>(device.listens, [])
      add(device, listen.create({ type: 'socket', socket: device.socket }), context)
    }
  } else if (device.listens.length === 0) {
    add(device, listen.create({ type: 'address', address: device.listen }), context)
  }
  takeAttribute(device, context)
  for (const it of device.listens) {
    if (it.type === 'network' && it.address !== undefined) context.set(it, 'address', undefined, listenReason)
    if (it.type === 'socket') forgetGenerated(it, context)
  }
  listenNowhere(device, context)
  const [first] = device.listens
  mirror(device, 'listen', first?.type === 'address' ? first.address : undefined, context)
  if (device.type === 'vnc') mirror(device, 'socket', first?.type === 'socket' ? first.socket : undefined, context)
}

/** A first `<listen>` that leaves the address out has that of the attribute (oracle: 11.3, 12.8). */
function takeAttribute(device: Listening, context: Context): void {
  const [first] = device.listens
  if (first?.type !== 'address' || first.address !== undefined || device.listen === undefined) return
  context.set(first, 'address', device.listen, listenReason)
}

function add(device: Listening, made: Listen, context: Context): void {
  context.insert<Listen>(device.listens, made, listenReason)
}

/** A path below libvirt's own folder was made at an earlier start. */
function isGenerated(path: string | undefined, context: Context): boolean {
  return path?.startsWith(context.host.config.libDir) ?? false
}

/** The old attribute then says nothing: the screen listens as if it were not there. */
function forgetGeneratedAttribute(device: Listening, context: Context): void {
  if (device.type === 'vnc' && isGenerated(device.socket, context)) {
    context.set(device, 'socket', undefined, defaultRule('graphics/generated-socket'))
  }
}

/** The next start makes a new path. */
function forgetGenerated(it: Extract<Listen, { type: 'socket' }>, context: Context): void {
  if (isGenerated(it.socket, context)) {
    context.set(it, 'socket', undefined, defaultRule('graphics/generated-socket'))
  }
}

/** SPICE without any port listens nowhere: clients are handed a connection. */
function listenNowhere(device: Listening, context: Context): void {
  if (device.type !== 'spice') return
  const [first] = device.listens
  const hasPorts = device.autoport === true || (device.port ?? 0) !== 0 || (device.tlsPort ?? 0) !== 0
  if (hasPorts || first?.type !== 'address') return
  context.replace<Listen>(device.listens, [])
  context.insert<Listen>(device.listens, listen.create({ type: 'none' }), defaultRule('graphics/listen-nowhere'))
}

function mirror(device: Listening, field: 'listen' | 'socket', value: string | undefined, context: Context): void {
  const owner = device as { listen: string | undefined; socket?: string | undefined }
  if (owner[field] !== value) context.set(owner, field, value, listenReason)
}

/** Mode `any` is no mode of its own: the entry goes. */
export function dropAnyChannels(device: Graphics, context: Context): void {
  if (device.type !== 'spice' || device.channel.every(({ mode }) => mode !== 'any')) return
  context.replace(
    device.channel,
    device.channel.filter(({ mode }) => mode !== 'any'),
  )
}

/** Ports of VNC that are chosen at a start where autoport says nothing, and those that are none where it says no (oracle). */
const vncPorts = dated({ open: [undefined, -1], none: [0, -1] } as VncPorts, [
  '12.8',
  { open: [undefined, 0, -1], none: [0] } as VncPorts,
])

interface VncPorts {
  readonly open: readonly (number | undefined)[]
  readonly none: readonly (number | undefined)[]
}

/** Ports: `-1`, `autoport` and no port at all are one thing; there are none where no TCP is spoken. */
export function fillPorts(device: Graphics, context: Context): void {
  if (!isServer(device)) return
  const reason = defaultRule('graphics/ports')
  const put = <K extends 'port' | 'autoport'>(field: K, value: Server[K]) => {
    if (device[field] !== value) context.set(device as Server, field, value, reason)
  }
  const speaksTcp = device.listens[0]?.type === 'address' || device.listens[0]?.type === 'network'
  if (!speaksTcp) {
    put('port', undefined)
    put('autoport', undefined)
    if (device.type === 'spice' && device.tlsPort !== undefined) context.set(device, 'tlsPort', undefined, reason)
    if (device.type !== 'vnc') return
    for (const field of ['websocket', 'wait'] as const) {
      if (device[field] !== undefined) context.set(device, field, undefined, reason)
    }
    return
  }
  if (device.type === 'vnc') {
    const { autoport, port } = device
    const { open, none } = context.plan.at(vncPorts)
    const isAuto = autoport ?? open.includes(port)
    put('autoport', isAuto)
    if (isAuto) put('port', -1)
    else if (none.includes(port)) put('port', undefined)
    return
  }
  const isAuto = device.autoport === true || (device.port === -1 && device.tlsPort === -1)
  put('autoport', isAuto)
  if (isAuto || device.port === 0) put('port', undefined)
  if ((isAuto || device.tlsPort === 0) && device.tlsPort !== undefined)
    context.set(device, 'tlsPort', undefined, reason)
}
