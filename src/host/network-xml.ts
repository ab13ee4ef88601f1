import { elementsOf, type XmlElement } from '../xml/tree.ts'
import type { Bandwidth, HostPciAddress, Network, NetworkPort, Plug, PortGroup, VirtualPort, Vlan } from './networks.ts'
import type { XmlReader } from './xml-reader.ts'

const forwards = ['nat', 'route', 'open', 'bridge', 'private', 'vepa', 'passthrough', 'hostdev'] as const
const managers = ['kernel', 'libvirt'] as const

/**
 * Reads libvirt's XML of a network (source: libvirt's formatnetwork page).
 * Raises `host/bad-xml`; the result is of use only where nothing was raised.
 */
export function readNetwork(root: XmlElement, reader: XmlReader): Network {
  const name = reader.text(root, 'name')
  if (name === undefined) reader.bad(root, 'the network has no <name>', 'Add <name>…</name>.')
  const forward = reader.child(root, 'forward')
  const bridge = reader.child(root, 'bridge')
  const driver = reader.child(forward, 'driver')
  const devices = reader.children(forward, 'interface').map((device) => reader.required(device, 'dev'))
  const single = reader.attribute(forward, 'dev')
  return {
    name: name ?? '',
    uuid: reader.text(root, 'uuid'),
    forward: forward && (reader.oneOf(forward, 'mode', forwards) ?? 'nat'),
    bridge: reader.attribute(bridge, 'name'),
    macTableManager: reader.oneOf(bridge, 'macTableManager', managers),
    mtu: reader.number(reader.child(root, 'mtu'), 'size'),
    ...groupSettings(root, reader),
    isolated: reader.yesNo(reader.child(root, 'port'), 'isolated'),
    portGroups: reader.children(root, 'portgroup').map((group) => portGroup(group, reader)),
    devices: devices.length === 0 && single !== undefined ? [single] : devices,
    addresses: reader.children(forward, 'address').map((address) => pciAddress(address, reader)),
    physicalFunctions: reader.children(forward, 'pf').map((pf) => reader.required(pf, 'dev')),
    managed: reader.yesNo(forward, 'managed'),
    driver: reader.attribute(driver, 'name'),
    driverModel: reader.attribute(driver, 'model'),
    ipAddresses: reader.children(root, 'ip').flatMap((ip) => reader.attribute(ip, 'address') ?? []),
  }
}

/**
 * Reads libvirt's XML of a network port (source: libvirt's formatnetworkport page).
 * Raises `host/bad-xml`; the result is of use only where nothing was raised.
 */
export function readPort(root: XmlElement, reader: XmlReader): NetworkPort {
  const settings = groupSettings(root, reader)
  return {
    plug: plug(reader.child(root, 'plug'), reader),
    group: reader.text(root, 'group'),
    ...settings,
    trustGuestRxFilters: reader.yesNo(reader.child(root, 'rxfilters'), 'trustGuest'),
    classId: reader.number(reader.child(root, 'bandwidth'), 'classID'),
    isolated: reader.yesNo(reader.child(root, 'port'), 'isolated'),
  }
}

function portGroup(element: XmlElement, reader: XmlReader): PortGroup {
  return {
    name: reader.required(element, 'name'),
    default: reader.yesNo(element, 'default') ?? false,
    ...groupSettings(element, reader),
  }
}

function groupSettings(element: XmlElement, reader: XmlReader) {
  return {
    bandwidth: bandwidth(reader.child(element, 'bandwidth'), reader),
    vlan: vlan(reader.child(element, 'vlan'), reader),
    virtualPort: virtualPort(reader.child(element, 'virtualport'), reader),
    trustGuestRxFilters: reader.yesNo(element, 'trustGuestRxFilters'),
  }
}

function plug(element: XmlElement | undefined, reader: XmlReader): Plug | undefined {
  const type = reader.oneOf(element, 'type', ['network', 'bridge', 'direct', 'hostdev-pci'] as const)
  if (element === undefined || type === undefined) return undefined
  const driver = reader.child(element, 'driver')
  const address = reader.child(element, 'address')
  switch (type) {
    case 'network':
    case 'bridge': {
      const macTableManager = reader.oneOf(element, 'macTableManager', managers)
      return { type, bridge: reader.required(element, 'bridge'), macTableManager }
    }
    case 'direct': {
      const mode = reader.oneOf(element, 'mode', ['vepa', 'private', 'bridge', 'passthrough'] as const)
      return { type, device: reader.required(element, 'dev'), mode: mode ?? 'vepa' }
    }
    case 'hostdev-pci':
      if (address === undefined) reader.bad(element, 'the plug names no device', 'Add the <address> of a PCI device.')
      return {
        type,
        managed: reader.yesNo(element, 'managed') ?? false,
        address: pciAddress(address, reader),
        driver: reader.attribute(driver, 'name'),
        driverModel: reader.attribute(driver, 'model'),
      }
  }
}

function pciAddress(element: XmlElement | undefined, reader: XmlReader): HostPciAddress {
  const part = (name: string) => reader.number(element, name) ?? 0
  return { domain: part('domain'), bus: part('bus'), slot: part('slot'), function: part('function') }
}

function vlan(element: XmlElement | undefined, reader: XmlReader): Vlan | undefined {
  if (element === undefined) return undefined
  const tags = reader.children(element, 'tag').map((tag) => ({
    id: reader.number(tag, 'id') ?? 0,
    nativeMode: reader.oneOf(tag, 'nativeMode', ['tagged', 'untagged'] as const),
  }))
  return { trunk: reader.yesNo(element, 'trunk') ?? tags.length > 1, tags }
}

function bandwidth(element: XmlElement | undefined, reader: XmlReader): Bandwidth | undefined {
  if (element === undefined) return undefined
  const limit = (direction: XmlElement | undefined) =>
    direction && {
      average: reader.number(direction, 'average'),
      peak: reader.number(direction, 'peak'),
      floor: reader.number(direction, 'floor'),
      burst: reader.number(direction, 'burst'),
    }
  return { inbound: limit(reader.child(element, 'inbound')), outbound: limit(reader.child(element, 'outbound')) }
}

function virtualPort(element: XmlElement | undefined, reader: XmlReader): VirtualPort | undefined {
  if (element === undefined) return undefined
  const parameters = elementsOf(element).flatMap((child) =>
    child.local === 'parameters' ? child.attributes.map(({ name, value }) => ({ name, value })) : [],
  )
  return { type: reader.attribute(element, 'type'), parameters }
}
