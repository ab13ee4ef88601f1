import type { Errno } from './errno.ts'

/**
 * What became of a request: `done`; `refused` with an errno; `no-match`, the kernel looks for another device;
 * `waits`, the caller sleeps until the device is closed.
 */
export type Outcome = 'done' | 'refused' | 'no-match' | 'waits'

/** One rule of the kernel: what it answers, the line it logs, and our words for why and what to do. */
export interface Rule<Name extends string = string> {
  readonly name: Name
  readonly outcome: Outcome
  readonly errno?: Errno
  /** Worded as the kernel words it, without the device prefix; `{name}` stands for a value. */
  readonly log?: string
  readonly why: string
  readonly todo?: string
}

/** The answer to one request. */
export interface Result {
  readonly rule: Rule
  readonly outcome: Outcome
  readonly errno: Errno | undefined
  /** Lines of the kernel log, device prefix included. The access rules' lines are rate-limited: they may be missing. */
  readonly log: readonly string[]
  /** PCI addresses of the functions that took part in the decision, the one that was asked first. */
  readonly devices: readonly string[]
}

/** What a log line needs to know of the function it is about. */
export interface LogSubject {
  readonly address: string
  readonly driver: string | undefined
}

/** Gives the rules of a file their names. */
export function defineRules<const Table extends Record<string, Omit<Rule, 'name'>>>(
  table: Table,
): { readonly [Name in keyof Table & string]: Rule<Name> } {
  const named: Record<string, Rule> = {}
  for (const [name, facts] of Object.entries(table)) named[name] = { name, ...facts }
  return named as { readonly [Name in keyof Table & string]: Rule<Name> }
}

/** A line as the kernel logs it for a PCI function: the driver's name, or `pci` where none is bound, then the address. */
export function logLine(subject: LogSubject, text: string): string {
  return `${subject.driver ?? 'pci'} ${subject.address}: ${text}`
}

/** The rule's log text with its `{name}` places filled. */
export function logText(rule: Rule, values: Readonly<Record<string, string>> = {}): string | undefined {
  return rule.log?.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
}

/** The answer that a rule gives about `subject`; `others` are further functions involved. */
export function answer(
  rule: Rule,
  subject: LogSubject,
  others: readonly string[] = [],
  values: Readonly<Record<string, string>> = {},
): Result {
  const text = logText(rule, values)
  return {
    rule,
    outcome: rule.outcome,
    errno: rule.errno,
    log: text === undefined ? [] : [logLine(subject, text)],
    devices: [subject.address, ...others.filter((other) => other !== subject.address)],
  }
}
