import type { Settling } from '../../codec/description.ts'
import { choice, element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { nonEmpty, oneOf, yesElseNo, yesNo } from '../../codec/scalar.ts'
import { withoutBare } from '../../fragments/bare.ts'
import { deviceInfo } from '../../fragments/device-info.ts'
import { hostDriver } from '../../fragments/host-driver.ts'
import { teaming } from '../../fragments/teaming.ts'
import { attributeOf, elementsOf } from '../../xml/tree.ts'
import * as card from './card-element.ts'
import { ip, portForward, route } from './ip-element.ts'
import { bandwidth, portOptions, virtualport, vlan } from './port-element.ts'
import * as source from './source-element.ts'

/** What stands between source and driver, whatever the card is connected to. */
const port = {
  vlan: child(vlan),
  virtualport: child(virtualport),
  bandwidth: child(bandwidth),
  port: child(portOptions),
  ip: many(ip),
  route: many(route),
  portForward: many(portForward),
  script: child(card.script('script', 'Runs on the host when the tap has been made (bridge, ethernet).')),
  downscript: child(card.script('downscript', 'Runs on the host when the tap is gone (ethernet).')),
  backenddomain: child(
    element('backenddomain', 'The domain that drives the host side (Xen).', {
      attributes: { name: required(nonEmpty, { doc: 'Name of the domain.' }) },
    }),
  ),
  target: child(card.target),
  guest: child(card.guestNames),
  model: child(card.model),
} as const

const missing = { missing: 'interface/missing-source' } as const

/** A card that QEMU emulates. */
const emulated = { ...port, driver: child(card.driver) } as const

/** Neither a model without its type nor a MAC address without its bytes says anything. */
const withoutBareChildren = withoutBare(
  { model: 'type', mac: 'address', filterref: 'filter', script: 'path', downscript: 'path' },
  ['mac'],
)

export const networkInterface = element(
  'interface',
  'A network card.',
  {
    attributes: {
      type: withDefault(
        oneOf(
          'network',
          'bridge',
          'direct',
          'ethernet',
          'user',
          'vhostuser',
          'vdpa',
          'hostdev',
          'server',
          'client',
          'mcast',
          'udp',
          'internal',
          'null',
          'vds',
        ),
        'user',
        { doc: 'What the card is connected to.', invalid: 'interface/type' },
      ),
      managed: optional(yesElseNo, {
        doc: 'Detach the host function from its driver automatically (type hostdev).',
        omit: (value) => !value,
      }),
      trustGuestRxFilters: optional(yesNo, {
        doc: "The host follows the guest's MAC address and receive filters (virtio on macvtap or Open vSwitch).",
      }),
    },
    children: {
      mac: child(card.mac),
      by: choice('type', {
        network: { children: { source: requiredChild(source.networkSource, missing), ...emulated } },
        bridge: { children: { source: requiredChild(source.bridgeSource, missing), ...emulated } },
        direct: { children: { source: requiredChild(source.directSource, missing), ...emulated } },
        ethernet: { children: { source: child(source.ethernetSource), ...emulated } },
        user: { children: { source: child(source.userSource), ...emulated } },
        vhostuser: { children: { source: requiredChild(source.vhostUserSource, missing), ...emulated } },
        vdpa: { children: { source: requiredChild(source.vdpaSource, missing), ...emulated } },
        hostdev: {
          children: { driver: child(hostDriver), source: requiredChild(source.hostdevSource, missing), ...port },
        },
        server: { children: { source: requiredChild(source.serverSource, missing), ...emulated } },
        client: { children: { source: requiredChild(source.peerSource, missing), ...emulated } },
        mcast: { children: { source: requiredChild(source.peerSource, missing), ...emulated } },
        udp: { children: { source: requiredChild(source.udpSource, missing), ...emulated } },
        internal: { children: { source: requiredChild(source.internalSource, missing), ...emulated } },
        null: { children: { ...emulated } },
        vds: { children: { source: requiredChild(source.vdsSource, missing), ...emulated } },
      }),
      backend: child(card.backend),
      filterref: child(card.filterref),
      tune: child(card.tune),
      teaming: child(teaming),
      link: child(card.link),
      mtu: child(card.mtu),
      coalesce: child(card.coalesce),
      ...deviceInfo,
    },
  },
  {
    legacy: withoutBareChildren,
    settle: ({ fields, node, error }) => {
      refuseHostSide(fields.type, node, error)
      refuseFloor(fields.type, node, error)
      // Only a function of the host is managed.
      if (fields.type !== 'hostdev') fields.managed = undefined
    },
  },
)

/** What lies on the host's side of a tap that only the host sees. */
const ofHostSide: ReadonlySet<string> = new Set(['ip', 'route'])

/** Addresses and routes of the host are those of a tap that libvirt makes (oracle: 11.3, 12.8). */
function refuseHostSide(type: unknown, node: Settling['node'], error: Settling['error']): void {
  if (type === 'ethernet') return
  const inner = elementsOf(node).find(({ local }) => local === 'source')
  const first = inner && elementsOf(inner).find(({ local }) => ofHostSide.has(local))
  if (first === undefined) return
  error({
    code: 'interface/host-side',
    message: `<${first.local}> in <source> is of the host's end of a card, which only the type ethernet has.`,
    hint: `Remove it, or write type='ethernet'; the guest's own stands beside <source>.`,
  })
}

/** Only a network of libvirt can guarantee anything, be it nothing (oracle: 11.3, 12.8). */
function refuseFloor(type: unknown, node: Settling['node'], error: Settling['error']): void {
  if (type === 'network') return
  const inner = (of: Settling['node'] | undefined, name: string) =>
    of && elementsOf(of).find(({ local }) => local === name)
  const inbound = inner(inner(node, 'bandwidth'), 'inbound')
  if (inbound === undefined || attributeOf(inbound, 'floor') === undefined) return
  error({
    code: 'interface/floor',
    message: `A card of the type ${type} has no guaranteed bandwidth.`,
    hint: "Remove floor, or use type='network'.",
  })
}

export type Interface = Infer<typeof networkInterface>
export type InterfaceType = Interface['type']
export type InterfaceOf<T extends InterfaceType> = Extract<Interface, { type: T }>
/** A card that QEMU emulates, with a `-netdev` behind it. */
export type EmulatedInterface = Exclude<Interface, { type: 'hostdev' }>
