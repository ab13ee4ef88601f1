import type { CommandLineBuilder } from '../argv/command-line.ts'
import type { Flag } from '../capabilities/flags.ts'
import type { Domain } from '../definition.ts'
import type { When } from '../diagnostic/diagnostic.ts'
import type { Addressable } from '../fragments/device-info.ts'
import type { LaunchBuilder } from '../launch/builder.ts'
import type { Period } from '../release/dated.ts'
import type { PciWish } from './address-wish.ts'
import type { Claim } from './claim.ts'
import type { BootClass, Context, KindName } from './context.ts'
import type { SharedOptions } from './shared-options.ts'

/** Any device, as walks over all kinds see it. */
export type Device = Addressable

/**
 * A named step on the whole definition; the name shows as the origin of what it writes. A row that holds in some releases
 * of libvirt only says which; a default that changed is two rows of one name.
 */
export interface DomainRule extends Period {
  readonly name: string
  /** One line for the page of steps, and the element's own. */
  readonly doc: string
  apply(context: Context): void
}

/** A named step on one device. */
export interface DeviceRule<T> extends Period {
  readonly name: string
  /** One line for the page of steps, and the element's own. */
  readonly doc: string
  apply(device: T, context: Context): void
}

/** A named check of every device, whatever its kind. */
export interface DevicesRule extends Period {
  readonly name: string
  /** One line for the page of steps. */
  readonly doc: string
  apply(device: Device, kind: DeviceKind<Device>, name: KindName, context: Context): void
}

type Item<T> = NonNullable<T> extends readonly (infer U)[] ? U : NonNullable<T>
type Less = readonly [never, 0, 1, 2, 3]

/** What stands inside an element: an element and what is in it, or an attribute. A text is an element as well. */
type Inside<T, Depth extends number> = Depth extends 0
  ? never
  : T extends object
    ? {
        [K in keyof T & string]: Item<T[K]> extends object ? K | `${K}/${Inside<Item<T[K]>, Less[Depth]>}` : K | `@${K}`
      }[keyof T & string]
    : never

/** A place in an element, `source/address/vf-token` or `driver/@queues`, `.` is the element: what names nothing does not compile. */
export type PathIn<T> = '.' | Inside<T, 4>

/**
 * A fact that needs a capability of QEMU: drives the check and the element's page. What stands at its place asks for it
 * (`pipeline/gate.ts`).
 */
export interface Gate<T> extends Period {
  /** Where it stands, relative to the element. */
  readonly path: PathIn<T>
  readonly needs: Flag
  readonly code: string
  /** What the user asks for, as a noun: "a VF token". */
  readonly what: string
  readonly hint: string
  readonly at?: When
  /** The value that asks for it; anything that stands there where absent. */
  readonly is?: string | boolean
  /** Where more than the place decides: the object that asks. */
  readonly when?: (device: T, context: Context) => object | undefined
}

/** Prints one part of the command line. */
export type ArgvSlot = (context: Context, out: CommandLineBuilder) => void

/** Prints a slot, or an option that several units share. */
export type ArgvPrinter = (context: Context, out: CommandLineBuilder, shared: SharedOptions) => void

/**
 * What a section of the domain does at each stage. All parts are optional: a section has only those it needs. The
 * pipeline owns every order between units (`pipeline/order.ts`).
 */
export interface Section {
  /** Before anything else is looked at: architecture, machine, emulator. */
  readonly basic?: readonly DomainRule[]
  /** Implicit devices and domain-wide defaults, before the rules of single devices. */
  readonly implicit?: readonly DomainRule[]
  /** After the rules of all devices (implicit controllers, cross-device defaults). */
  readonly final?: readonly DomainRule[]
  /** After addresses were given: what follows from them. */
  readonly addressed?: readonly DomainRule[]
  /** Checks as named rows. */
  readonly checks?: readonly DomainRule[]
  validate?(context: Context): void
  /** What the domain names that no other guest of its host or network may name too. */
  claims?(definition: Domain): Iterable<Claim>
  /** What `virsh domxml-to-native` changes of a complete definition before it builds the line. */
  native?(context: Context): void
  prepare?(context: Context): void
  /** What a start without libvirt needs of the host beside the command line. Runs on a prepared definition. */
  launch?(context: Context, plan: LaunchBuilder): void
  /** Adds to options that several units share (`-machine`). Runs before any slot. */
  contribute?(context: Context, shared: SharedOptions): void
  readonly argv?: { readonly [slot: string]: ArgvSlot }
}

/**
 * drive: a place on a SCSI controller; unassigned: unseen by the guest; virtio: on a bus of virtio; other-bus: on its own;
 * taken: a PCI slot is free that a device which is none was given.
 */
export type PlaceCheck = 'drive' | 'unassigned' | 'virtio' | 'other-bus' | 'taken'

/** What a device kind does at each stage, on top of what any section may do. */
export interface DeviceKind<T extends Addressable> extends Section {
  /** Per device, in this order. */
  readonly defaults?: readonly DeviceRule<T>[]
  /** The kind among whose devices it takes its turn for PCI slots and aliases, ahead of that kind's own. */
  turn?(device: T, context: Context): KindName | undefined
  /** What the device wants of the PCI engine; undefined where it is no PCI device. */
  pci?(device: T, context: Context): PciWish | undefined
  /** True for a virtio device without a place of its own kind: it goes where the machine has virtio, PCI apart. */
  virtio?(device: T, context: Context): boolean
  /** Whether libvirt gives it a transport of virtio-mmio where virtio devices have those; as `virtio` where absent. */
  mmio?(device: T, context: Context): boolean
  /** Checks of its place that the kind makes itself, or has no need of: the rule for all devices leaves them to it. */
  readonly ownPlaceChecks?: { readonly [C in PlaceCheck]?: true }
  /** True where another device sits on the channel subsystem (s390x). */
  ccw?(device: T, context: Context): boolean
  /** Set where the device is a port of a virtio-serial controller. `portless`: QEMU chooses the port where none is given. */
  virtioSerial?(device: T, context: Context): { readonly isConsole?: boolean; readonly portless?: boolean } | undefined
  /** Set where the device sits on the virtual I/O bus of a POWER server: where its kind starts to look for a register. */
  spaprVio?(device: T, context: Context): { readonly firstReg: number } | undefined
  /** True where the device is a module in a memory slot. */
  dimm?(device: T): boolean
  /** Set where the device sits on USB. */
  usb?(device: T, context: Context): { readonly isHub?: boolean } | undefined
  /** The generated alias; `index` counts the devices of the kind. A user's alias wins. */
  alias?(device: T, index: number, context: Context): string
  /** Generated aliases count only devices that the user has not named; all of the kind where absent. */
  readonly aliasCountsUnnamed?: boolean
  /** As what the device stands in the boot order of `<os>`, where it can be booted from. */
  bootsAs?(device: T): BootClass | undefined
  /** What needs a capability, one row each. */
  readonly gates?: readonly Gate<T>[]
  /** Checks of one device as named rows. */
  readonly deviceChecks?: readonly DeviceRule<T>[]
  check?(device: T, context: Context): void
  /** What the device names that no other guest of its host or network may name too. */
  deviceClaims?(device: T): Iterable<Claim>
  /** Asks the host at a start, before devices are named, what the definition leaves open and names depend on. */
  resolveDevice?(device: T, context: Context): void
  prepareDevice?(device: T, context: Context): void
  /** The same as `launch` of one device. */
  launchDevice?(device: T, context: Context, plan: LaunchBuilder): void
}
