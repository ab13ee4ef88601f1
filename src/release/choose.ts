import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { Release, type ReleaseName } from './release.ts'

/** The releases against whose answers this project is measured, oldest first. */
export const evidence = ['10.1', '11.3', '12.8'] as const satisfies readonly ReleaseName[]

const known = evidence.map((name) => Release.of(name))
/** The oldest whose behaviour is known. */
export const oldestRelease = known[0]!
/** What counts where nobody names a release. */
export const newestRelease = known.at(-1)!

export interface ChosenRelease {
  /** Undefined where the text names none that can be used. */
  readonly release: Release | undefined
  /** Raises `release/not-a-version`, `release/too-old` (errors); `release/too-new`, `release/between` (notes). */
  readonly diagnostics: readonly Diagnostic[]
}

const note = (code: string, message: string, hint: string): Diagnostic => ({ code, severity: 'info', message, hint })
const error = (code: string, message: string, hint: string): ChosenRelease => ({
  release: undefined,
  diagnostics: [{ code, severity: 'error', when: 'define', message, hint }],
})

/**
 * The release that a user names. One older than the oldest with evidence is refused, a newer one than the newest is taken
 * as that, one between behaves as the dated rows say.
 */
export function chooseRelease(text: string): ChosenRelease {
  const release = Release.parse(text)
  const list = evidence.join(', ')
  if (release === undefined) {
    return error('release/not-a-version', `"${text}" is no version of libvirt.`, `Write ${list}, or one between.`)
  }
  if (!release.isAtLeast(oldestRelease)) {
    const message = `libvirt ${release} is older than ${oldestRelease}, the oldest release whose behaviour is known.`
    return error('release/too-old', message, `Use ${list}, or one between.`)
  }
  if (release.rank > newestRelease.rank) {
    const message = `libvirt ${release} is newer than ${newestRelease}, the newest release whose behaviour is known.`
    return {
      release: newestRelease,
      diagnostics: [note('release/too-new', message, `It is taken as ${newestRelease}.`)],
    }
  }
  if (known.some(({ rank }) => rank === release.rank)) return { release, diagnostics: [] }
  const message = `libvirt ${release} has not been measured; what changed, and when, is known from its neighbours and documentation.`
  return { release, diagnostics: [note('release/between', message, `Measured are ${list}.`)] }
}
