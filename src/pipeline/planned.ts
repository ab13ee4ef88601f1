import type { EachFilled } from '../codec/filled.ts'
import type { Context, KindName } from '../context/context.ts'
import type { Dates } from '../context/dates.ts'
import type { SharedOptions } from '../context/shared-options.ts'
import type { ArgvPrinter, Device, DeviceKind, DevicesRule } from '../context/unit.ts'
import type { LaunchBuilder } from '../launch/builder.ts'
import type { Sequence } from './sequence.ts'

/** A device kind under its name, with the rows that hold in the release. */
export interface PlannedKind {
  readonly name: KindName
  readonly kind: DeviceKind<Device>
}

/** What a walk meets: a device, its kind, and its place among the devices of its kind, from 0. */
export type DeviceVisitor = (device: Device, kind: DeviceKind<Device>, name: KindName, index: number) => void

/** The kinds of a walk in their order; `each` meets those alone that a guest has devices of. */
export interface PlannedWalk {
  readonly kinds: readonly PlannedKind[]
  readonly each: EachFilled<PlannedKind, DeviceVisitor>
}

/**
 * The walks over the device kinds, each in its own order and over the kinds alone that take part: one a stage, and one
 * for each bus that gives places.
 */
export type Walk =
  | 'all'
  | 'defaults'
  | 'checks'
  | 'resolve'
  | 'prepare'
  | 'launch'
  | 'boot'
  | 'pci'
  | 'ccw'
  | 'usb'
  | 'dimm'
  | 'spapr-vio'
  | 'virtio-serial'

/** One step on the whole domain: what a section or kind does at a stage, or one of its rows. */
export type Step = (context: Context) => void

/** The steps of each stage, those of sections before those of kinds; a unit without a part in a stage costs it nothing. */
export interface Steps {
  readonly basic: Sequence<[Context]>
  readonly implicit: Sequence<[Context]>
  readonly final: Sequence<[Context]>
  readonly addressed: Sequence<[Context]>
  readonly validate: Sequence<[Context]>
  /** Checks that span devices of several kinds: the last of all. */
  readonly rules: Sequence<[Context]>
  readonly native: Sequence<[Context]>
  readonly prepare: Sequence<[Context]>
  readonly launch: Sequence<[Context, LaunchBuilder]>
  readonly contribute: Sequence<[Context, SharedOptions]>
}

/**
 * What a release does, in order: made once for each release (`pipeline/plan.ts`), and shared by all conversions. No stage
 * asks for the release itself.
 */
export interface Plan extends Dates {
  readonly steps: Steps
  /** Checks of every device of any kind, after those. */
  readonly deviceRules: readonly DevicesRule[]
  readonly walks: { readonly [W in Walk]: PlannedWalk }
  /** The kinds whose devices get zPCI numbers ahead of controllers that are added. */
  readonly numberedFirst: ReadonlySet<KindName>
  readonly kinds: { readonly [K in KindName]: DeviceKind<Device> }
  /** The command line from first to last. */
  readonly printers: Sequence<Parameters<ArgvPrinter>>
}
