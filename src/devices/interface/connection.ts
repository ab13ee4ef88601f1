import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import { hostInterfaceAddress } from '../../fragments/pci-address.ts'
import { asked } from '../../host/asked.ts'
import type { HostNetwork, Plug } from '../../host/networks.ts'
import type { Origin } from '../../origin/origin.ts'
import { type HostPciDevice, hostFunctionKey } from '../../parts/host-pci.ts'
import { bridgesTag, interfaceName } from './abilities.ts'
import type { Interface, InterfaceOf } from './element.ts'

/** A tap or macvtap that the host makes for a card. */
export type TapConnection =
  | { readonly kind: 'bridge'; readonly bridge: string; readonly origin: Origin | undefined }
  | { readonly kind: 'ethernet' }
  | { readonly kind: 'macvtap'; readonly device: string; readonly origin: Origin | undefined }

const tapKey = startKey<TapConnection>('interface/tap')

/** The tap of a card; undefined where it has none. Known after `resolveConnection`. */
export function tapOf(device: Interface, context: Context): TapConnection | undefined {
  return context.start.get(tapKey, device)
}

/** What a start asks the host before anything is named: a network decides what the card becomes. Never shows in the XML. */
export function resolveConnection(device: Interface, context: Context): void {
  const connect = connections[device.type] as ((it: Interface, context: Context) => void) | undefined
  connect?.(device, context)
}

type Connections = { readonly [T in Interface['type']]?: (device: InterfaceOf<T>, context: Context) => void }

const connections: Connections = {
  hostdev: (device, context) => context.start.set(hostFunctionKey, device, device),
  ethernet: (device, context) => context.start.set(tapKey, device, { kind: 'ethernet' }),
  bridge: (device, context) =>
    context.start.set(tapKey, device, { kind: 'bridge', bridge: device.source.bridge, origin: undefined }),
  direct: (device, context) =>
    context.start.set(tapKey, device, { kind: 'macvtap', device: device.source.dev, origin: undefined }),
  network: plugIn,
}

function plugIn(device: InterfaceOf<'network'>, context: Context): void {
  const { network, portgroup } = device.source
  const found = context.host.networks.find(network, portgroup)
  const asker = { at: device.source, field: 'network', says: found && connectionInWords(found.port.plug) }
  const { standing, value, origin } = context.ask(asked.network(network), found, asker)
  if (standing === 'unknown') return
  if (value === undefined) {
    context.error({
      code: 'interface/unknown-network',
      message: `The host has no network ${network}.`,
      hint: 'Describe it in the host file (--host), or connect the card to a bridge.',
      at: device.source,
      field: 'network',
      when: 'start',
    })
    return
  }
  const { plug } = value.port
  checkTags(value, device, context)
  if (plug !== undefined) plugs[plug.type](plug as never, device, context, origin)
  else {
    context.error({
      code: 'interface/network-without-plug',
      message: `The network ${network} does not say what a card becomes: that is chosen on the host.`,
      hint: 'Give the network a bridge, a device or a PCI address in the host file (--host).',
      at: device.source,
      field: 'network',
      when: 'start',
    })
  }
}

/** Tags that the network hands out with the port; the card's own do not count beside it. A bridge of the kernel makes none. */
function checkTags({ port }: HostNetwork, device: InterfaceOf<'network'>, context: Context): void {
  const { plug, vlan } = port
  const openVSwitch = (port.virtualPort?.type ?? device.virtualport?.type) === 'openvswitch'
  if (vlan === undefined || plug === undefined || plug.type === 'hostdev-pci' || openVSwitch) return
  if (plug.type === 'direct' && plug.mode === 'passthrough') return
  if (plug.type === 'bridge' && context.plan.at(bridgesTag)) return
  context.error({
    code: 'interface/vlan',
    message: `${interfaceName(device)}: what the network ${device.source.network} connects it to cannot tag its frames.`,
    hint: 'VLAN tags need a bridge (Open vSwitch before libvirt 11.0), a host function, or a macvtap in mode passthrough.',
    at: device.source,
    field: 'network',
    when: 'start',
  })
}

type PlugOf<T extends Plug['type']> = Extract<Plug, { type: T }>
type Plugs = {
  readonly [T in Plug['type']]: (
    plug: PlugOf<T>,
    device: InterfaceOf<'network'>,
    context: Context,
    origin: Origin,
  ) => void
}

function connectionInWords(plug: Plug | undefined): string | undefined {
  if (plug === undefined) return undefined
  if (plug.type === 'direct') return plug.device
  return plug.type === 'hostdev-pci' ? undefined : plug.bridge
}

function ontoBridge(
  { bridge }: PlugOf<'bridge' | 'network'>,
  device: InterfaceOf<'network'>,
  context: Context,
  origin: Origin,
): void {
  context.start.set(tapKey, device, { kind: 'bridge', bridge, origin })
}

const plugs: Plugs = {
  network: ontoBridge,
  bridge: ontoBridge,
  direct: (plug, device, context, origin) =>
    context.start.set(tapKey, device, { kind: 'macvtap', device: plug.device, origin }),
  'hostdev-pci': ({ address }, device, context, origin) => {
    const given = context.made(hostInterfaceAddress.create({ ...address }), origin)
    const { alias, address: place, acpi, boot, rom, teaming } = device
    const made: HostPciDevice = {
      source: { address: given },
      driver: undefined,
      alias,
      address: place,
      acpi,
      boot,
      rom,
      teaming,
    }
    context.start.set(hostFunctionKey, device, made)
  },
}
