import type { Evidence } from '../evidence.ts'
import type { Flag } from '../flags.ts'

/** What a flag stands for, and which answer shows it. */
export interface Row {
  /** One line: what a build with the flag can do, in terms of the domain XML or of the command line. */
  readonly doc: string
  readonly shows: Evidence
}

export type Rows = { readonly [flag in Flag]?: Row }

export function row(doc: string, shows: Evidence): Row {
  return { doc, shows }
}
