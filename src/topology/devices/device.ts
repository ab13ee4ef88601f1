import type { DeviceOf, KindName } from '../../context/context.ts'
import type { Plan } from '../plan.ts'

/** How a device shows: its name behind the kind's, facts, what it leads to. All parts but the name may be left out. */
export interface Shown {
  /** Stands behind the name of the kind: `vda`, `vnc`. */
  readonly name?: string | undefined
  readonly facts?: readonly (string | undefined)[]
  /** The kind of controller that its drive address refers to. */
  readonly driveBus?: string | undefined
  /** The node it is in, where its address does not tell. */
  readonly within?: string | undefined
  /** Adds what the device leads to; `id` is the device's own node. */
  readonly leads?: (plan: Plan, id: string) => void
}

export type Show<K extends KindName> = (device: DeviceOf<K>, plan: Plan) => Shown
