import { flag, integer, list, type Of, oneOf, optional, record, text, union } from '../json/shape.ts'

const vlanShape = record('VLAN tags.', {
  trunk: flag('The port carries several tags.'),
  tags: list(
    'The tags.',
    record('A tag.', {
      id: integer('Its number.', 0, 4095),
      nativeMode: optional(oneOf('How untagged frames of the native VLAN travel.', 'tagged', 'untagged')),
    }),
  ),
})

const limitShape = record('Limits of one direction.', {
  average: optional(integer('Kilobytes a second.')),
  peak: optional(integer('Kilobytes a second.')),
  floor: optional(integer('Guaranteed kilobytes a second.')),
  burst: optional(integer('Kilobytes at peak speed.')),
})

const bandwidthShape = record('Bandwidth.', { inbound: optional(limitShape), outbound: optional(limitShape) })

const virtualPortShape = record('A virtual port.', {
  type: optional(text('802.1Qbg, 802.1Qbh, openvswitch or midonet; missing: parameters for the network’s own type.')),
  parameters: list(
    'As written: managerid, typeid, typeidversion, instanceid, interfaceid, profileid.',
    record('A parameter.', { name: text('Its name.'), value: text('Its value.') }),
  ),
})

const pciAddressShape = record('Address of a PCI function.', {
  domain: integer('Domain.', 0, 0xffffffff),
  bus: integer('Bus.', 0, 0xff),
  slot: integer('Slot.', 0, 0x1f),
  function: integer('Function.', 0, 7),
})

const plugShape = union(
  'What an interface becomes when it is plugged in.',
  'type',
  record('A tap on a bridge.', {
    type: oneOf('Whether libvirt owns the bridge.', 'network', 'bridge'),
    bridge: text('Name of the bridge.'),
    macTableManager: optional(oneOf('Who keeps the table of MAC addresses.', 'kernel', 'libvirt')),
  }),
  record('A macvtap on a network device.', {
    type: oneOf('Direct.', 'direct'),
    device: text('The network device.'),
    mode: oneOf('Its mode.', 'vepa', 'private', 'bridge', 'passthrough'),
  }),
  record('A PCI device.', {
    type: oneOf('A host device.', 'hostdev-pci'),
    managed: flag('libvirt detaches it from its driver.'),
    address: pciAddressShape,
    driver: optional(text('Name of the host driver.')),
    driverModel: optional(text('Model of the host driver.')),
  }),
)

const groupFields = {
  bandwidth: optional(bandwidthShape),
  vlan: optional(vlanShape),
  virtualPort: optional(virtualPortShape),
  trustGuestRxFilters: optional(flag('The guest may set the filters of its interface.')),
}

/** The port that a network hands out to an interface (source: libvirt's formatnetworkport page). */
export const portShape = record('A port.', {
  plug: optional(plugShape),
  group: optional(text('Name of its port group.')),
  ...groupFields,
  classId: optional(integer("Traffic class of the bandwidth's floor.")),
  isolated: optional(flag('Isolated from other isolated ports of the bridge.')),
})

const portGroupShape = record('Settings for a group of interfaces.', {
  name: text('Its name.'),
  default: flag('Used where an interface names no group.'),
  ...groupFields,
})

/** A virtual network, as far as interfaces of a domain need it (source: libvirt's formatnetwork page). */
export const networkShape = record('A virtual network.', {
  name: text('Its name.'),
  uuid: optional(text('Its UUID.')),
  forward: optional(
    oneOf(
      'How it reaches the outside; missing: it is isolated.',
      'nat',
      'route',
      'open',
      'bridge',
      'private',
      'vepa',
      'passthrough',
      'hostdev',
    ),
  ),
  bridge: optional(text('Name of its bridge.')),
  macTableManager: optional(oneOf('Who keeps the table of MAC addresses.', 'kernel', 'libvirt')),
  mtu: optional(integer('MTU in bytes.', 1)),
  ...groupFields,
  isolated: optional(flag('Its ports are isolated from each other.')),
  portGroups: list('Port groups.', portGroupShape),
  devices: list('Network devices that it shares out.', text('A name.')),
  addresses: list('PCI devices that it shares out.', pciAddressShape),
  physicalFunctions: list('Network devices whose virtual functions it shares out.', text('A name.')),
  managed: optional(flag('libvirt detaches PCI devices from their driver.')),
  driver: optional(text('Name of the host driver of PCI devices.')),
  driverModel: optional(text('Model of the host driver of PCI devices.')),
  ipAddresses: list('Its own addresses.', text('An IPv4 or IPv6 address.')),
})

export type Vlan = Of<typeof vlanShape>
export type Bandwidth = Of<typeof bandwidthShape>
export type VirtualPort = Of<typeof virtualPortShape>
export type HostPciAddress = Of<typeof pciAddressShape>
export type Plug = Of<typeof plugShape>
export type NetworkPort = Of<typeof portShape>
export type PortGroup = Of<typeof portGroupShape>
export type Network = Of<typeof networkShape>

/** A network and the port that it hands out. */
export interface HostNetwork {
  readonly network: Network
  readonly port: NetworkPort
}

export interface Networks {
  /**
   * What the network of that name gives to an interface; undefined where the host has no such network.
   * @param portGroup the group that the interface asks for
   */
  find(name: string, portGroup?: string): HostNetwork | undefined
}

/** A host without networks. */
export const noNetworks: Networks = { find: () => undefined }

/** Networks by name; a port that is given stands for any interface, else it follows from the network. */
export function networksFrom(
  entries: readonly { readonly network: Network; readonly port?: NetworkPort | undefined }[],
): Networks {
  const byName = new Map(entries.map((entry) => [entry.network.name, entry]))
  return {
    find: (name, portGroup) => {
      const entry = byName.get(name)
      return entry && { network: entry.network, port: entry.port ?? portOf(entry.network, portGroup) }
    },
  }
}

/**
 * The port of a network that is not asked: group settings over the network's own, the first of its devices
 * (source: "Connectivity", "Portgroups" in libvirt's formatnetwork page).
 */
export function portOf(network: Network, groupName?: string): NetworkPort {
  const group = network.portGroups.find((candidate) =>
    groupName === undefined ? candidate.default : candidate.name === groupName,
  )
  return {
    plug: plugOf(network),
    group: group?.name,
    bandwidth: group?.bandwidth,
    vlan: group?.vlan ?? network.vlan,
    virtualPort: mergeVirtualPorts(network.virtualPort, group?.virtualPort),
    isolated: network.isolated,
    trustGuestRxFilters: group?.trustGuestRxFilters ?? network.trustGuestRxFilters,
  }
}

/** Undefined where the device is chosen only on the host, e.g. a free virtual function. */
function plugOf(network: Network): Plug | undefined {
  const { forward, bridge, macTableManager } = network
  if (forward === 'hostdev') {
    const address = network.addresses[0]
    const { driver, driverModel, managed = false } = network
    return address && { type: 'hostdev-pci', managed, address, driver, driverModel }
  }
  if (bridge !== undefined) return { type: forward === 'bridge' ? 'bridge' : 'network', bridge, macTableManager }
  const device = network.devices[0]
  if (forward === 'bridge' || forward === 'private' || forward === 'vepa' || forward === 'passthrough')
    return device === undefined ? undefined : { type: 'direct', device, mode: forward }
  return undefined
}

/** The group's parameters complete the network's, which win where both give one. */
function mergeVirtualPorts(own: VirtualPort | undefined, group: VirtualPort | undefined): VirtualPort | undefined {
  if (own === undefined || group === undefined) return own ?? group
  const given = new Set(own.parameters.map((parameter) => parameter.name))
  return {
    type: own.type ?? group.type,
    parameters: [...own.parameters, ...group.parameters.filter((parameter) => !given.has(parameter.name))],
  }
}
