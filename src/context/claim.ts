/**
 * Something of which a host, or a network, has only one, and that a definition names: two guests that both name it clash.
 * Made by slices from what the user wrote, read by the linter over a whole fleet.
 */
export interface Claim {
  /** The code of the finding where two clash. */
  readonly code: string
  /** Two claims of one code clash where their keys are equal. */
  readonly key: string
  /** As a noun, for messages: "the MAC address 52:54:00:00:00:01". */
  readonly what: string
  readonly hint: string
  /** An address that narrows the key (a port of one); two clash where either is absent, or both are equal. */
  readonly within?: string | undefined
  /** The object that the claim was written in. */
  readonly at: object
  readonly field?: string | undefined
}
