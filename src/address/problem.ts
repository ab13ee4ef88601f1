/**
 * What every address engine hands back beside the addresses: problems (for diagnostics) and decisions (for `--explain`).
 * Engines know neither XML nor spans: a problem names the requests it is about, the caller finds where they stand.
 */
export interface AddressProblem {
  /** Stable, e.g. `address/pci-slot-in-use`. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly hint?: string
  /** Ids of the requests concerned; the first is the one at fault, others help to understand. */
  readonly requests: readonly string[]
}

/** One decision of an engine: which rule gave this request (or this grown controller) its place. */
export interface AddressDecision {
  /** Id of a request, or of a controller. */
  readonly subject: string
  /** Name of the rule, stable: `pci/first-free-slot`. */
  readonly rule: string
  /** The same in words, with the numbers of this case. */
  readonly text: string
}
