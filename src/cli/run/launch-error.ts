import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { own } from '../../own.ts'

/** A start that came to nothing: what is said to the user, after all was undone. */
export class LaunchError extends Error {
  readonly diagnostic: Diagnostic

  /** @param code without `launch/` */
  constructor(code: string, message: string, hint?: string) {
    super(message)
    this.diagnostic = { code: `launch/${code}`, severity: 'error', when: 'start', message, ...(hint && { hint }) }
  }
}

const reasons: { readonly [code: string]: string } = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the file system is read-only',
}

/** Why something of the file system failed, in a user's words. */
export function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return own(reasons, code) ?? message
}
