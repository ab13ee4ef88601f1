import { type Diagnostic, hasErrors, type When } from '../../src/diagnostic/diagnostic.ts'
import type { Case, Corpus } from './cases.ts'
import type { Circumstances, Outcome, Subject } from './subject.ts'

export const checkNames = ['parse', 'format', 'reparse', 'argv'] as const

export type CheckName = (typeof checkNames)[number]

export interface Failure {
  readonly check: CheckName
  /** Short and without the particulars of the case, so that failures of one kind have one reason. */
  readonly reason: string
  /** The particulars, in a line. */
  readonly detail?: string
  /** Both texts, where they differ. */
  readonly texts?: { readonly expected: string; readonly got: string }
  readonly diagnostics?: readonly Diagnostic[]
}

export interface CaseResult {
  readonly testCase: Case
  /** The checks that this case has. */
  readonly checks: readonly CheckName[]
  readonly failures: readonly Failure[]
  /** For a case that must be refused and is: the distinct codes of its errors at the right stage. */
  readonly refusal?: readonly string[]
}

/** The reviewed code of a refused case, and whether a case without one may pass. */
export interface RefusalRule {
  code(id: string): string | undefined
  readonly reviewed: boolean
}

const expectedChecks: Readonly<Record<Case['expect'], readonly CheckName[]>> = {
  argv: ['parse', 'format', 'reparse', 'argv'],
  failure: ['parse', 'format', 'reparse', 'argv'],
  'parse-error': ['parse'],
}

/** The checks that a case has: what needs its formatted golden falls away where there is none. */
export function checksOf({ expect, xml }: Case): CheckName[] {
  return expectedChecks[expect].filter((check) => xml !== undefined || (check !== 'format' && check !== 'reparse'))
}

/** Runs the checks of a case. Never throws for what the subject does. */
export function runCase(
  testCase: Case,
  corpus: Corpus,
  circumstances: Circumstances,
  subject: Subject,
  rule: RefusalRule,
): CaseResult {
  const checks = checksOf(testCase)
  const input = corpus.read(testCase.input)
  const outcome = attempt(subject, input, circumstances)
  if (typeof outcome === 'string') {
    return { testCase, checks, failures: checks.map((check) => crashed(check, outcome)) }
  }
  if (testCase.expect === 'parse-error')
    return { testCase, checks, ...refused(testCase, 'parse', 'define', outcome, rule) }

  const failures: Failure[] = []
  const refusal = refusalOf('parse', 'define', outcome)
  if (refusal !== undefined) failures.push(refusal)
  const golden = testCase.xml === undefined ? undefined : corpus.read(testCase.xml)
  if (golden !== undefined) {
    failures.push(...formatFailures('format', golden, outcome))
    const again = golden === input ? outcome : attempt(subject, golden, circumstances)
    if (typeof again === 'string') failures.push(crashed('reparse', again))
    else failures.push(...formatFailures('reparse', golden, again))
  }
  if (testCase.expect === 'failure') {
    const { failures: argvFailures, refusal: codes } = refused(testCase, 'argv', 'start', outcome, rule)
    return { testCase, checks, failures: [...failures, ...argvFailures], ...(codes && { refusal: codes }) }
  }
  failures.push(...argvFailures(testCase, corpus, outcome))
  return { testCase, checks, failures }
}

function attempt(subject: Subject, source: string, circumstances: Circumstances): Outcome | string {
  try {
    return subject(source, circumstances)
  } catch (error) {
    if (!(error instanceof Error)) return String(error)
    const frame = error.stack?.split('\n').find((line) => line.includes('/src/'))
    return `${error.message}${frame === undefined ? '' : frame.replace(/^\s*at /, ' at ').replace(/file:\/\/\S*\/src\//, 'src/')}`
  }
}

function crashed(check: CheckName, message: string): Failure {
  return { check, reason: `threw ${message}` }
}

function argvFailures({ args }: Case, corpus: Corpus, outcome: Outcome): Failure[] {
  if (args === undefined) throw new Error('a case that expects a command line has no golden')
  const refusal = refusalOf('argv', 'define', outcome) ?? refusalOf('argv', 'start', outcome)
  if (refusal !== undefined) return [refusal]
  return textFailures('argv', corpus.read(args), outcome.argv, firstOption)
}

function formatFailures(check: CheckName, golden: string, outcome: Outcome): Failure[] {
  const refusal = refusalOf(check, 'define', outcome)
  return refusal === undefined ? textFailures(check, golden, outcome.xml, firstElement) : [refusal]
}

function textFailures(
  check: CheckName,
  expected: string,
  got: string | undefined,
  kindOf: (line: string) => string,
): Failure[] {
  if (got === expected) return []
  if (got === undefined) return [{ check, reason: 'nothing came out, and no error says why' }]
  const [wanted, have] = [expected.split('\n'), got.split('\n')]
  const line = wanted.findIndex((text, index) => text !== have[index])
  const at = line < 0 ? wanted.length : line
  const missing = kindOf(wanted[at] ?? '')
  const extra = kindOf(have[at] ?? '')
  const reason = missing === extra ? `differs at ${missing}` : `differs: ${missing} expected, ${extra} got`
  const detail = `line ${at + 1}: ${wanted[at] ?? '(end)'}`
  return [{ check, reason, detail, texts: { expected, got }, diagnostics: [] }]
}

function firstOption(line: string): string {
  const option = /^(-[a-z-]+)(?: '?\{"(?:driver|qom-type|type)":"([^"]*)")?/.exec(line)
  if (option === null) return line === '' ? 'the end' : /^[A-Z_]+=/.test(line) ? 'the environment' : 'the binary'
  return option[2] === undefined ? `${option[1]}` : `${option[1]} ${option[2]}`
}

function firstElement(line: string): string {
  const element = /^\s*<(\/?[^\s/>]+)/.exec(line)
  return element === null ? (line === '' ? 'the end' : 'text') : `<${element[1]}>`
}

/** The errors of a stage; an error that does not say is one of the definition. */
function errorsOf(outcome: Outcome, stage: When): Diagnostic[] {
  return outcome.diagnostics.filter(({ severity, when = 'define' }) => severity === 'error' && when === stage)
}

const codesOf = (errors: readonly Diagnostic[]) => [...new Set(errors.map(({ code }) => code))].sort()

/** A failure where the outcome has errors of that stage. */
function refusalOf(check: CheckName, stage: When, outcome: Outcome): Failure | undefined {
  const errors = errorsOf(outcome, stage)
  const first = errors.find(notBuilt) ?? errors[0]
  if (first === undefined) return undefined
  return { check, reason: `refused: ${first.code}${unbuiltPlace(first)}`, detail: first.message, diagnostics: errors }
}

/** What is not built, without the positions of this document: many cases wait for the same. */
export function unbuiltPlace({ code, path }: Diagnostic): string {
  return code.endsWith('not-built') && path !== undefined ? ` ${path.replace(/\[\d+\]/g, '')}` : ''
}

/** Codes of what libvirt knows and we have not built: no refusal of the domain. */
export function notBuilt({ code }: Diagnostic): boolean {
  return code.endsWith('not-built')
}

/** Whether a case that must be refused is: at its stage, for its fault, and for nothing else. */
function refused(
  { id }: Case,
  check: CheckName,
  stage: When,
  outcome: Outcome,
  rule: RefusalRule,
): { failures: Failure[]; refusal?: string[] } {
  const fail = (reason: string) => ({ failures: [{ check, reason, diagnostics: outcome.diagnostics }] })
  const unbuilt = outcome.diagnostics.find((diagnostic) => diagnostic.severity === 'error' && notBuilt(diagnostic))
  if (unbuilt !== undefined) return fail(`refused: ${unbuilt.code}${unbuiltPlace(unbuilt)}`)
  const errors = errorsOf(outcome, stage)
  const early = stage === 'start' ? errorsOf(outcome, 'define')[0] : undefined
  if (early !== undefined) return fail(`refused too early: ${early.code}`)
  if (errors.length === 0) return fail(hasErrors(outcome.diagnostics) ? 'refused too late' : 'not refused')
  const codes = codesOf(
    stage === 'define' ? outcome.diagnostics.filter(({ severity }) => severity === 'error') : errors,
  )
  const expected = rule.code(id)
  if (expected === undefined) {
    if (!rule.reviewed) return { failures: [], refusal: codes }
    return { ...fail(`refused with ${codes.join(', ')}: review and add it`), refusal: codes }
  }
  if (codes.length === 1 && codes[0] === expected) return { failures: [], refusal: codes }
  return { ...fail(`refused with ${codes.join(', ')}, not with ${expected} alone`), refusal: codes }
}
