import type { Period } from '../../release/dated.ts'
import type { ReleaseName } from '../../release/release.ts'
import type { Evidence } from '../evidence.ts'
import type { Flag } from '../flags.ts'
import type { QemuVersion } from '../table.ts'

/** What a flag stands for, which answer shows it, and which releases of libvirt look for that answer. */
export interface Row extends RowDates {
  /** One line: what a build with the flag can do, in terms of the domain XML or of the command line. */
  readonly doc: string
  readonly shows: Evidence
}

export interface RowDates extends Period {
  /** The first libvirt that derives the flag; older ones do as if no QEMU had it. */
  readonly since?: ReleaseName | undefined
  /** The first libvirt that no longer derives it, because the QEMUs it takes all have it, or none of them. */
  readonly until?: ReleaseName | undefined
  /** The QEMU since which every build has it, so that a libvirt that no longer derives the flag may count on it. */
  readonly everyQemuSince?: QemuVersion
}

export type Rows = { readonly [flag in Flag]?: Row }

export function row(doc: string, shows: Evidence, dates: RowDates = {}): Row {
  return { doc, shows, ...dates }
}

/** libvirt 10.6 takes QEMU 5.2 and newer (NEWS): what older ones alone had is asked for no more. */
export const goneWithQemu5_1: RowDates = { until: '10.6' }

/** libvirt 12.4 takes QEMU 7.2 and newer (NEWS). */
export const inEveryQemu7_2: RowDates = { until: '12.4', everyQemuSince: { major: 7, minor: 2, micro: 0 } }

/** libvirt 11.2 takes QEMU 6.2 and newer (NEWS): what all of these have is asked for no more. */
export const inEveryQemu6_2: RowDates = { until: '11.2', everyQemuSince: { major: 6, minor: 2, micro: 0 } }
