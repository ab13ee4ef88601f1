/**
 * What every address engine hands back: addresses, problems (for diagnostics) and decisions (for `--explain`).
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
}

/** A device that wants an address: what all engines know of it. */
export interface AddressRequest {
  /** Unique among the requests of one call. */
  readonly id: string
  /** For messages: `memballoon`; the id where absent. */
  readonly name?: string | undefined
}

/** The common result: requests that are refused have a problem and no address. */
export interface AddressResult<Address> {
  readonly addresses: Map<string, Address>
  readonly problems: AddressProblem[]
  readonly trace: AddressDecision[]
}

export const emptyResult = <Address>(): AddressResult<Address> => ({ addresses: new Map(), problems: [], trace: [] })

export const nameOf = (request: AddressRequest): string => request.name ?? request.id

/** @param requests the one at fault first; undefined for a holder that is no request. */
export function addressError(
  code: string,
  message: string,
  requests: readonly (string | undefined)[],
  hint?: string,
): AddressProblem {
  const ids = requests.filter((id) => id !== undefined)
  return { code: `address/${code}`, severity: 'error', message, ...(hint === undefined ? {} : { hint }), requests: ids }
}
