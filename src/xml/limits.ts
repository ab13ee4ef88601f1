/** How much a document may ask of the reader. Each limit has a diagnostic of its own. */
export interface XmlLimits {
  /** Size of the input in bytes; of a string, in UTF-16 units. */
  readonly input: number
  /** Elements inside each other, the root counted. Above some thousands the stack ends first. */
  readonly depth: number
  /** Attributes of one element, namespace declarations counted. */
  readonly attributes: number
}

export const DEFAULT_LIMITS: XmlLimits = { input: 16 * 1024 * 1024, depth: 256, attributes: 256 }
