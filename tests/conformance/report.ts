import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import type { Corpus } from './cases.ts'
import { type CaseResult, type CheckName, checkNames, type Failure, notBuilt, unbuiltPlace } from './checks.ts'
import { lineDiff } from './diff.ts'
import { familyOf } from './expectations.ts'

interface Counts {
  readonly passed: number
  readonly cases: number
}

export interface Report {
  readonly cases: number
  readonly checks: Readonly<Record<CheckName, { passed: number; failed: number }>>
  /** Cases that pass all their checks. */
  readonly passed: number
  /** Those that the reference accepts and those that it refuses, apart: refusing what is hard is no agreement. */
  readonly accepted: Counts
  readonly refused: Counts
  readonly failed: readonly { id: string; check: CheckName; reason: string }[]
}

export function reportOf(results: readonly CaseResult[]): Report {
  const failed = results.flatMap(({ testCase, failures }) =>
    failures.map((failure) => ({ id: testCase.id, check: failure.check, reason: inWords(failure) })),
  )
  const count = (check: CheckName) => {
    const having = results.filter(({ checks }) => checks.includes(check))
    const bad = having.filter(({ failures }) => failures.some((failure) => failure.check === check))
    return { passed: having.length - bad.length, failed: bad.length }
  }
  return {
    cases: results.length,
    checks: { parse: count('parse'), format: count('format'), reparse: count('reparse'), argv: count('argv') },
    passed: passedOf(results),
    accepted: countsOf(results.filter(({ testCase }) => testCase.expect === 'argv')),
    refused: countsOf(results.filter(({ testCase }) => testCase.expect !== 'argv')),
    failed,
  }
}

function passedOf(results: readonly CaseResult[]): number {
  return results.filter(({ failures }) => failures.length === 0).length
}

function countsOf(results: readonly CaseResult[]): Counts {
  return { passed: passedOf(results), cases: results.length }
}

function inWords({ reason, detail }: Failure): string {
  return detail === undefined ? reason : `${reason} (${detail})`
}

export function summary({ cases, checks, passed, accepted, refused }: Report): string {
  const lines = checkNames.map((check) => {
    const { passed: good, failed } = checks[check]
    return `${check.padEnd(8)} ${String(good).padStart(5)} passed ${String(failed).padStart(5)} failed`
  })
  const line = (name: string, { passed, cases }: Counts) =>
    `${name.padEnd(8)} ${String(passed).padStart(5)} passed of ${cases}`
  return [...lines, line('accepted', accepted), line('refused', refused), line('cases', { passed, cases })].join('\n')
}

/** Reasons of failures with how many cases they stop, most first, a family apart. Each case counts once, by its first. */
export function familySummary(results: readonly CaseResult[], most = 25): string {
  const families = groupBy(results, ({ testCase }) => familyOf(testCase.id))
  const sections = [...families].map(([family, own]) => {
    const failing = own.filter(({ failures }) => failures.length > 0)
    const reasons = groupBy(failing, ({ failures }) => `${failures[0]?.check}: ${failures[0]?.reason}`)
    const sorted = [...reasons].sort(([, a], [, b]) => b.length - a.length)
    const lines = sorted.slice(0, most).map(([reason, stopped]) => {
      const examples = stopped.slice(0, 3).map(({ testCase }) => testCase.id)
      return `${String(stopped.length).padStart(5)}  ${reason}   e.g. ${examples.join(' ')}`
    })
    if (sorted.length > most) lines.push(`       … and ${sorted.length - most} more reasons`)
    return [`${family}: ${own.length - failing.length} of ${own.length} pass`, ...lines].join('\n')
  })
  return [...sections, missing(results, most)].join('\n\n')
}

/** What is not built, by how many cases have it, and how many of them have nothing else that is not built. */
function missing(results: readonly CaseResult[], most: number): string {
  const waiting = new Map<string, { all: number; alone: number }>()
  for (const { failures } of results) {
    const diagnostics = failures.find((failure) => failure.diagnostics?.some(notBuilt))?.diagnostics ?? []
    const places = new Set(diagnostics.filter(notBuilt).map(unbuiltPlace))
    for (const place of places) {
      const counts = waiting.get(place) ?? { all: 0, alone: 0 }
      counts.all += 1
      if (places.size === 1) counts.alone += 1
      waiting.set(place, counts)
    }
  }
  const sorted = [...waiting].sort(([, a], [, b]) => b.all - a.all || b.alone - a.alone)
  const lines = sorted
    .slice(0, most * 2)
    .map(([place, { all, alone }]) => `${String(all).padStart(5)} ${String(alone).padStart(5)} ${place}`)
  if (sorted.length > most * 2) lines.push(`       … and ${sorted.length - most * 2} more`)
  return ['not built: cases that have it, cases where nothing else is missing', ...lines].join('\n')
}

/** All that is wrong with a case: differing lines, diagnostics with their places, the reference's own message. */
export function caseDiff({ testCase, checks, failures }: CaseResult, corpus: Corpus, color: boolean): string {
  const { input, xml, args, error } = testCase
  const files = [input, ...(xml ? [xml] : []), ...(args ? [args] : [])].map((file) => corpus.pathOf(file))
  const text = corpus.read(input)
  const sections = [`${testCase.id} (${testCase.expect})`, ...files.map((file) => `  ${file}`)]
  if (error !== undefined) sections.push(`  the reference says: ${corpus.read(error).trim()}`)
  if (failures.length === 0) sections.push(`passes ${checks.join(', ')}`)
  for (const failure of failures) {
    sections.push('', `${failure.check}: ${failure.texts === undefined ? inWords(failure) : failure.reason}`)
    if (failure.texts !== undefined) sections.push(lineDiff(failure.texts.expected, failure.texts.got, color))
    // Places point into the input, or into the golden where that was read again.
    const source = failure.check === 'reparse' && xml !== undefined ? corpus.read(xml) : text
    for (const diagnostic of failure.diagnostics ?? []) sections.push(`  ${place(diagnostic, source)}`)
  }
  return sections.join('\n')
}

function place({ severity, code, message, span, when }: Diagnostic, text: string): string {
  const before = span === undefined ? undefined : text.slice(0, span.start).split('\n')
  const at = before === undefined ? '' : ` at ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
  return `${severity}${when === 'start' ? ' at start' : ''} ${code}${at}: ${message}`
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
