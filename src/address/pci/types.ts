/**
 * The PCI engine, seen from outside.
 *
 * `assignPci(topology, requests)` (in `assign.ts`) takes the facts of a machine and what each device asks for, and
 * gives an address for every request, every PCI controller that must exist with all its numbers, problems, and a
 * trace. It is pure: it changes nothing it is given, and the same input gives the same result.
 *
 * How to call it, in the order the result depends on:
 * 1. `topology.controllers`: the PCI controllers of the definition; they are placed in index order. Index 0 may be
 *    absent, the engine creates the root. Every controller needs an `index` (the lowest unused one where the XML has none).
 * 2. `topology.reservations` and `topology.preferredSlots`: data of the machine.
 * 3. `requests`: the devices that want a PCI address, in libvirt's PCI order. A controller of type pci is never a request.
 *    `address` is set only where the user gave one (0000:00:00.0 counts as none).
 * 4. `result.addresses` by request id; `result.controllers` is the complete list in index order: those with
 *    `created: true` are to be inserted into the definition, the others get the numbers they lacked.
 *
 * A request whose address is refused has a problem and no entry in `addresses`.
 * Feeding the result back (controllers and addresses as given ones) changes nothing.
 *
 * Source of the rules: libvirt's "PCI topology and hotplug", "PCI addresses in domain XML and guest OS" and
 * formatdomain (Controllers, Device Addresses), and the addresses libvirt's own test goldens show.
 */
import type { AddressDecision, AddressProblem } from '../problem.ts'

/** Models of `<controller type='pci'>`. */
export type PciControllerModel =
  | 'pci-root'
  | 'pcie-root'
  | 'pci-bridge'
  | 'dmi-to-pci-bridge'
  | 'pcie-to-pci-bridge'
  | 'pcie-root-port'
  | 'pcie-switch-upstream-port'
  | 'pcie-switch-downstream-port'
  | 'pci-expander-bus'
  | 'pcie-expander-bus'

/** What a device is on its upstream side: a conventional or a PCI Express endpoint, or a bridge of some model. */
export type PciPlug = 'pci' | 'pcie' | Exclude<PciControllerModel, 'pci-root' | 'pcie-root'>

/** A place in the guest's topology; `bus` is the index of a PCI controller. */
export interface PciAddress {
  /** Only 0 exists; anything else is refused. */
  readonly domain?: number
  /** 0..255 */
  readonly bus: number
  /** 0..31 */
  readonly slot: number
  /** 0..7 */
  readonly function: number
}

/** zPCI (s390x): what the user gave of it. `uid` 1..0xffff, `fid` 0..0xffffffff. */
export interface ZpciWish {
  readonly uid?: number
  readonly fid?: number
}

export interface Zpci {
  readonly uid: number
  readonly fid: number
}

/** A PCI controller of the definition, as the user gave it. */
export interface PciController {
  /** Names the controller in problems and trace. */
  readonly id: string
  readonly index: number
  readonly model: PciControllerModel
  readonly address?: PciAddress
  /** The user wrote an address that names no place: none is preferred then. */
  readonly anywhere?: boolean
  /** It has an address of another kind: a bus that sits nowhere. */
  readonly elsewhere?: boolean
  readonly zpci?: ZpciWish
  readonly multifunction?: boolean
  /** `<model name>`; filled where absent. */
  readonly modelName?: string
  readonly target?: PciControllerTarget
}

/** `<target>` of a PCI controller: numbers the guest sees. */
export interface PciControllerTarget {
  /** Root ports and downstream ports, 0..255. */
  readonly chassis?: number
  /** pci-bridge, 1..255. */
  readonly chassisNr?: number
  /** Root ports and downstream ports, 0..255. */
  readonly port?: number
  /** Expander buses, 1..254. */
  readonly busNr?: number
  /** Host bridges of pseries, 0..30. */
  readonly index?: number
  /** `hotplug='off'` is false. */
  readonly hotplug?: boolean
}

/** A place the machine occupies by itself. */
export interface PciReservation {
  readonly address: PciAddress
  /** What is there, for messages: `ISA bridge`. */
  readonly holder: string
}

/** Facts of the machine and of this QEMU. */
export interface PciTopology {
  /** `none`: the machine has no PCI. */
  readonly root: 'pci-root' | 'pcie-root' | 'none'
  /** `many`: further pci-root controllers are host bridges of their own (pseries), and grow where others grow bridges. */
  readonly hostBridges: 'one' | 'many'
  readonly controllers: readonly PciController[]
  readonly reservations?: readonly PciReservation[]
  /** Where a bridge of a model goes if that place is free (q35: dmi-to-pci-bridge at 0:1e.0). */
  readonly preferredSlots?: Partial<Record<PciControllerModel, readonly PciAddress[]>>
  readonly capabilities: {
    /** QEMU has pcie-pci-bridge; without it conventional slots come from dmi-to-pci-bridge and pci-bridge. */
    readonly pciePciBridge: boolean
    /** QEMU has pcie-root-port; without it root ports are ioh3420. */
    readonly pcieRootPort: boolean
  }
  /** Every PCI device and bridge gets a uid and a fid (s390x). */
  readonly zpci: boolean
  /** Keep requests with an `isolationGroup` on host bridges of their own (pseries). */
  readonly isolation: boolean
}

/** A device that wants a place. */
export interface PciRequest {
  /** Unique among requests and controllers. */
  readonly id: string
  /** For messages: `memballoon`, `interface 52:54:00:…`; the id where absent. */
  readonly name?: string
  readonly plug: 'pci' | 'pcie'
  /** The user's address: never moved, refused where it cannot be. */
  readonly address?: PciAddress
  /** The user's multifunction='on' or 'off'. */
  readonly multifunction?: boolean
  readonly zpci?: ZpciWish
  /** Its zPCI number comes ahead of those of added controllers. */
  readonly numberedFirst?: boolean
  /** Places to try before any other, in this order (primary video, ICH9 USB and sound). */
  readonly preferred?: readonly PciAddress[]
  /** Placed before bridges and other devices, at a preferred place or else the first free one (the primary video of a PC). */
  readonly first?: boolean
  /** The address is a place of the machine itself (PIIX3 IDE at 0:1.1): no reservation refuses it. */
  readonly builtIn?: boolean
  /** Devices that are functions of one slot (an EHCI and its UHCI companions): same key, each with its function. */
  readonly sharedSlot?: { readonly key: string; readonly function: number }
  /** Must sit on the root bus (virtio-iommu, pvpanic): refused elsewhere, assigned there. */
  readonly integrated?: boolean
  /** Only a slot that allows unplugging will do (a device that is being attached). */
  readonly hotplug?: boolean
  /** Host devices that must share a host bridge with their group and with nothing else; 0 or absent: emulated. */
  readonly isolationGroup?: number
}

/** Where a request ended. */
export interface PciAssignment {
  readonly address: PciAddress
  /** `given`: the user's; `assigned`: found by a rule, see the trace. */
  readonly origin: 'given' | 'assigned'
  /** The user's, or true on function 0 of a slot with further functions; absent otherwise. */
  readonly multifunction?: boolean
  readonly zpci?: Zpci
}

/** A PCI controller as it must stand in the definition. */
export interface PciControllerResult {
  readonly id: string
  readonly index: number
  readonly model: PciControllerModel
  /** Not in the definition yet. */
  readonly created: boolean
  /** Absent for roots. */
  readonly place?: PciAssignment
  /** QEMU's device; absent for the one implicit root. */
  readonly modelName?: string
  /** Complete: the user's numbers, and ours where the model has them. */
  readonly target: PciControllerTarget
}

export interface PciResult {
  readonly addresses: ReadonlyMap<string, PciAssignment>
  /** In index order. */
  readonly controllers: readonly PciControllerResult[]
  readonly problems: readonly AddressProblem[]
  readonly trace: readonly AddressDecision[]
}
