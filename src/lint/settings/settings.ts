import type { Level } from '../finding.ts'

/** How grave a code is to a team; `off`: it is not told. */
export type RuleLevel = Level | 'off'

/** What makes a run fail: a finding at least so grave; `never`: none does. */
export type FailOn = Level | 'never'

/** What is checked against; as the options of the same names. */
export interface Circumstance {
  readonly libvirt?: string | undefined
  readonly qemu?: string | undefined
  readonly capabilities?: string | undefined
  readonly host?: string | undefined
  readonly hostCpu?: string | undefined
  readonly strictHost?: boolean | undefined
  readonly defineOnly?: boolean | undefined
  readonly existing?: boolean | undefined
}

/** The settings that hold for one file. */
export interface Settings {
  readonly circumstance: Circumstance
  /** Levels by code or by `room/*`; the last that names a code counts. */
  readonly rules: readonly (readonly [code: string, level: RuleLevel])[]
  /** A comment that disables must say why. */
  readonly requireReason: boolean
  /** What libvirt would silently ignore is an error, unless `rules` says otherwise. */
  readonly strict: boolean
  readonly failOn: FailOn
}

export const defaultSettings: Settings = {
  circumstance: {},
  rules: [],
  requireReason: false,
  strict: false,
  failOn: 'error',
}

const graveness: { readonly [level in Level]: number } = { note: 1, warning: 2, error: 3 }

export function fails(level: Level, failOn: FailOn): boolean {
  return failOn !== 'never' && graveness[level] >= graveness[failOn]
}
