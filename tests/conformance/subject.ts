import type { Capabilities } from '../../src/capabilities/capabilities.ts'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import type { Host, Incoming } from '../../src/host/host.ts'
import type { Release } from '../../src/release/release.ts'

/** All that a conversion depends on beside the text. */
export interface Circumstances {
  readonly capabilities: Capabilities
  readonly release: Release
  readonly host: Host
  readonly domainId: number
  readonly abiUpdate: boolean
  readonly unprobed: boolean
  readonly incoming?: Incoming
}

export interface Outcome {
  readonly diagnostics: readonly Diagnostic[]
  /** The formatted definition; undefined where it is refused while it is defined. */
  readonly xml: string | undefined
  /** The printed command line; undefined where anything is refused. */
  readonly argv: string | undefined
}

/** What is tested: a converter. The runner knows no more of it. */
export type Subject = (source: string, circumstances: Circumstances) => Outcome
