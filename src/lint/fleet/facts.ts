import type { Claim } from '../../context/claim.ts'
import type { Span } from '../../diagnostic/diagnostic.ts'
import type { VfioDomain } from '../../vfio/preflight/domain.ts'
import type { Place } from '../finding.ts'

/** What one domain asks for that others may ask for too, with its place. Plain data. */
export interface FleetEntry extends Omit<Claim, 'at' | 'field'> {
  readonly span: Span | undefined
  readonly path: string | undefined
  readonly place?: Place
  readonly lineText?: string
}

export interface FleetDomain {
  readonly name: string
  readonly entries: readonly FleetEntry[]
  readonly vfio: VfioDomain | undefined
  /** Where the devices of `vfio` stand, by the start of their spans. */
  readonly places?: { readonly [start: number]: { readonly place?: Place; readonly lineText?: string } }
}
