import { type From, of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import { startKey } from '../../context/start.ts'
import { asked } from '../../host/asked.ts'
import { hostFact } from '../../origin/origin.ts'
import { prepareSecret } from '../../parts/tls-credentials.ts'
import { type Graphics, type GraphicsOf, isServer, type Server } from './element.ts'
import { channelNames } from './spice-element.ts'

/** A value and where it came from. */
export interface Known<T> {
  readonly value: T
  readonly from: From
}

/** Where a screen really listens, known at a start. */
export type Place =
  | { readonly kind: 'tcp'; readonly address: Known<string> }
  | { readonly kind: 'unix'; readonly path: Known<string> }
  | { readonly kind: 'none' }

export interface Ports {
  readonly port?: Known<number> | undefined
  readonly tlsPort?: Known<number> | undefined
  readonly websocket?: Known<number> | undefined
}

export const placeKey = startKey<Place>('graphics/place')
export const portsKey = startKey<Ports>('graphics/ports')
export const renderNodeKey = startKey<Known<string>>('graphics/render-node')

export function prepareGraphics(device: Graphics, context: Context): void {
  prepareRenderNode(device, context)
  if (!isServer(device)) return
  const place = placeOf(device, context)
  if (place) context.start.set(placeKey, device, place)
  if (place?.kind === 'tcp') {
    context.start.set(portsKey, device, device.type === 'vnc' ? vncPorts(device, context) : spicePorts(device, context))
  }
  const { config } = context.host
  if (device.type === 'vnc' && config.vncTLS && config.vncTLSx509secretUUID !== undefined) {
    prepareSecret({ type: 'tls', uuid: config.vncTLSx509secretUUID }, device, context)
  }
}

function prepareRenderNode(device: Graphics, context: Context): void {
  const isWanted =
    device.type === 'egl-headless' ||
    ((device.type === 'spice' || device.type === 'dbus') && device.gl?.enable === true)
  // D-Bus names a node that is given even where nothing is drawn on it (libvirt 11.3 and 12.8 asked)
  const isNamed = device.type === 'dbus' && device.gl?.rendernode !== undefined
  if (!isWanted && !isNamed) return
  const { drmRenderNode } = context.host
  if (device.gl?.rendernode !== undefined) {
    context.start.set(renderNodeKey, device, { value: device.gl.rendernode, from: of(device.gl, 'rendernode') })
    return
  }
  const { value, origin } = context.ask(asked.drmRenderNode, drmRenderNode, {
    at: device.gl ?? device,
    says: drmRenderNode,
  })
  if (value !== undefined) context.start.set(renderNodeKey, device, { value, from: origin })
}

function placeOf(device: Server, context: Context): Place | undefined {
  const it = device.listens[0]
  const { config } = context.host
  const isVnc = device.type === 'vnc'
  const ownSocket: Place = {
    kind: 'unix',
    path: { value: `${domainDirectory(context)}/${device.type}.sock`, from: rule('graphics/own-socket') },
  }
  const configured = {
    value: isVnc ? config.vncListen : config.spiceListen,
    from: hostFact(`${device.type} listen address`),
  }
  switch (it?.type) {
    case 'socket':
      return it.socket === undefined ? ownSocket : { kind: 'unix', path: { value: it.socket, from: of(it, 'socket') } }
    case 'none':
      return { kind: 'none' }
    case 'network': {
      const known = context.host.networks.find(it.network)?.network
      const found = known?.ipAddresses[0]
      const { standing } = context.ask(asked.network(it.network), found, {
        at: it,
        field: 'network',
        says: known?.bridge,
      })
      if (standing === 'unknown') return undefined
      if (found !== undefined) return { kind: 'tcp', address: { value: found, from: of(it, 'network') } }
      context.error({
        code: 'graphics/network-address',
        message: `The host knows no address of the network "${it.network}", on which the screen is to listen.`,
        hint: 'Start the network, name another, or listen on an address.',
        at: it,
        field: 'network',
        when: 'start',
      })
      return undefined
    }
    default:
      if (it?.address !== undefined) return { kind: 'tcp', address: { value: it.address, from: of(it, 'address') } }
      if (isVnc ? config.vncAutoUnixSocket : config.spiceAutoUnixSocket) return ownSocket
      return { kind: 'tcp', address: configured }
  }
}

/**
 * The port that the host gives, or the next that no screen of this guest has: what other guests use is not known here.
 */
function chosen(first: number, taken: Set<number>): Known<number> {
  let value = first
  while (taken.has(value)) value++
  taken.add(value)
  return { value, from: hostFact('free port') }
}

/** The ports of the guest's screens, those that are given and those that screens before this one were given. */
function takenPorts(context: Context): Set<number> {
  const taken = new Set<number>()
  for (const device of context.devices.graphics) {
    const ports = context.start.get(portsKey, device)
    for (const known of [ports?.port, ports?.tlsPort, ports?.websocket]) if (known) taken.add(known.value)
    if (!isServer(device)) continue
    for (const port of [device.port, device.type === 'spice' ? device.tlsPort : device.websocket]) {
      if (port !== undefined && port > 0) taken.add(port)
    }
  }
  return taken
}

function given(device: Server, field: 'port'): Known<number> | undefined {
  const value = device[field]
  return value === undefined || value < 0 ? undefined : { value, from: of(device as Server, field) }
}

function vncPorts(device: GraphicsOf<'vnc'>, context: Context): Ports {
  const { autoPorts } = context.host
  const taken = takenPorts(context)
  const auto = (port: number | undefined, what: string) => chosen(port ?? missing(what, device, context), taken)
  const { websocket } = device
  return {
    port: given(device, 'port') ?? auto(autoPorts?.vnc, 'VNC'),
    websocket:
      websocket === undefined
        ? undefined
        : websocket < 0
          ? context.options.native
            ? { value: websocket, from: of(device, 'websocket') }
            : auto(autoPorts?.vncWebsocket, "VNC's websocket")
          : { value: websocket, from: of(device, 'websocket') },
  }
}

/** Which ports SPICE needs follows from the modes of its channels. */
function spicePorts(device: GraphicsOf<'spice'>, context: Context): Ports {
  const { autoPorts, config } = context.host
  const modes = new Map<string, string>(device.channel.map(({ name, mode }) => [name, mode]))
  const { autoport, port, tlsPort, defaultMode = 'any' } = device
  const all = channelNames.map((name) => ((modes.get(name) ?? 'any') === 'any' ? defaultMode : modes.get(name)))
  const wantsPlain = port === -1 || (autoport === true && all.some((mode) => mode !== 'secure'))
  const wantsTls =
    tlsPort === -1 ||
    (autoport === true && all.some((mode) => mode === 'secure' || (mode === 'any' && config.spiceTLS)))
  // What is only printed is not asked for certificates.
  if (wantsTls && !config.spiceTLS && !context.options.native) {
    context.error({
      code: 'graphics/spice-tls-disabled',
      message: 'A TLS port is to be chosen for SPICE, but the configuration of the driver turns TLS of SPICE off.',
      hint: 'Set spice_tls in qemu.conf, or let no channel be secure.',
      at: device,
      field: 'tlsPort',
      when: 'start',
    })
  }
  if (!wantsPlain && (port ?? 0) <= 0) refuseInsecure(device, context)
  const taken = takenPorts(context)
  return {
    port: wantsPlain ? chosen(autoPorts?.spice ?? missing('SPICE', device, context), taken) : given(device, 'port'),
    tlsPort: wantsTls
      ? chosen(autoPorts?.spiceTls ?? missing('SPICE with TLS', device, context), taken)
      : tlsPort === undefined || tlsPort < 0
        ? undefined
        : { value: tlsPort, from: of(device, 'tlsPort') },
  }
}

/** What is to go unencrypted needs a port that is (oracle: 11.3, 12.8). */
function refuseInsecure(device: GraphicsOf<'spice'>, context: Context): void {
  const channel = device.channel.find(({ mode }) => mode === 'insecure')
  if (channel === undefined && device.defaultMode !== 'insecure') return
  context.error({
    code: 'graphics/spice-no-plain-port',
    message: 'SPICE is to carry channels unencrypted, and has no port for them.',
    hint: "Give it a port, or write autoport='yes'.",
    at: channel ?? device,
    field: channel ? 'mode' : 'defaultMode',
    when: 'start',
  })
}

function missing(what: string, at: Server, context: Context): number {
  context.error({
    code: 'graphics/no-free-port',
    message: `The port of ${what} is left to the host, which gives none.`,
    hint: 'Give the port, or add autoPorts to the host file.',
    at,
    when: 'start',
  })
  return 0
}
