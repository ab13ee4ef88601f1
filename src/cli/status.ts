/** What the process says when it ends. */
export const status = {
  /** Done; warnings are allowed. */
  fine: 0,
  /** The input has errors. */
  errors: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** domxml itself failed. */
  failure: 3,
} as const

/** The command was called wrongly: an unreadable file, an unknown version. Ends with status 2. */
export class UsageError extends Error {}
