import type { Diagnostic } from '../../diagnostic/diagnostic.ts'

/** A start that came to nothing: what is said to the user, after all was undone. */
export class LaunchError extends Error {
  readonly diagnostic: Diagnostic

  /** @param code without `launch/` */
  constructor(code: string, message: string, hint?: string) {
    super(message)
    this.diagnostic = { code: `launch/${code}`, severity: 'error', when: 'start', message, ...(hint && { hint }) }
  }
}
