/** A VLAN as libvirt's network XML says it (source: "Setting VLAN tag" in libvirt's formatnetwork page). */
export interface Vlan {
  readonly trunk: boolean
  readonly tags: readonly { readonly id: number; readonly nativeMode?: 'tagged' | 'untagged' | undefined }[]
}

/** One direction of a bandwidth: kilobytes a second, `burst` in kilobytes. */
export interface BandwidthLimit {
  readonly average?: number | undefined
  readonly peak?: number | undefined
  readonly floor?: number | undefined
  readonly burst?: number | undefined
}

export interface Bandwidth {
  readonly inbound?: BandwidthLimit | undefined
  readonly outbound?: BandwidthLimit | undefined
}

/** A virtual port: 802.1Qbg, 802.1Qbh, openvswitch, midonet; without a type only parameters to merge. */
export interface VirtualPort {
  readonly type?: string | undefined
  /** managerid, typeid, typeidversion, instanceid, interfaceid, profileid: as written. */
  readonly parameters: Readonly<Record<string, string>>
}

export interface HostPciAddress {
  readonly domain: number
  readonly bus: number
  readonly slot: number
  readonly function: number
}

/** What an interface becomes when it is plugged into a network. */
export type Plug =
  | { readonly type: 'network' | 'bridge'; readonly bridge: string; readonly macTableManager?: string | undefined }
  | { readonly type: 'direct'; readonly device: string; readonly mode: string }
  | {
      readonly type: 'hostdev-pci'
      readonly managed: boolean
      readonly address: HostPciAddress
      readonly driver?: string | undefined
      readonly driverModel?: string | undefined
    }

/** The port that a network hands out to an interface (source: libvirt's formatnetworkport page). */
export interface NetworkPort {
  /** Undefined where the network connects the port to nothing. */
  readonly plug?: Plug | undefined
  readonly group?: string | undefined
  readonly bandwidth?: Bandwidth | undefined
  /** Traffic class of the bandwidth's floor. */
  readonly classId?: number | undefined
  readonly vlan?: Vlan | undefined
  readonly virtualPort?: VirtualPort | undefined
  readonly isolated?: boolean | undefined
  readonly trustGuestRxFilters?: boolean | undefined
}

/** What a network says for every interface of one group of ports. */
export interface PortGroup {
  readonly name: string
  readonly default: boolean
  readonly bandwidth?: Bandwidth | undefined
  readonly vlan?: Vlan | undefined
  readonly virtualPort?: VirtualPort | undefined
  readonly trustGuestRxFilters?: boolean | undefined
}

/** A virtual network (source: libvirt's formatnetwork page). */
export interface Network {
  readonly name: string
  readonly uuid?: string | undefined
  /** nat, route, open, bridge, private, vepa, passthrough, hostdev; undefined for an isolated network. */
  readonly forward?: string | undefined
  readonly bridge?: string | undefined
  readonly macTableManager?: string | undefined
  readonly mtu?: number | undefined
  readonly bandwidth?: Bandwidth | undefined
  readonly vlan?: Vlan | undefined
  readonly virtualPort?: VirtualPort | undefined
  readonly isolated?: boolean | undefined
  readonly trustGuestRxFilters?: boolean | undefined
  readonly portGroups: readonly PortGroup[]
  /** For hostdev and macvtap networks: the host's devices, in the order given. */
  readonly devices: readonly string[]
  readonly addresses: readonly HostPciAddress[]
  readonly managed?: boolean | undefined
  readonly driver?: string | undefined
  readonly driverModel?: string | undefined
  readonly ipAddresses: readonly string[]
}

/** A network and the port that it would hand out. */
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
