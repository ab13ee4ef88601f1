import type { Dated } from '../release/dated.ts'
import type { Release } from '../release/release.ts'

/** What a slice sees of the plan: the release, and what dated values are in it. */
export interface Dates {
  readonly release: Release
  /** The value of a dated constant in this release. */
  at<T>(value: Dated<T>): T
}
