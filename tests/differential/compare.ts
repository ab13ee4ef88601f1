import { printShell } from '../../src/argv/print.ts'
import type { Conversion } from '../../src/conversion.ts'
import type { Diagnostic, When } from '../../src/diagnostic/diagnostic.ts'
import { convertRow, type Machine, withoutNumbers } from '../conformance/live.ts'
import type { Answer } from './oracle.ts'

/** What this project says of a domain. */
export interface Own {
  readonly diagnostics: readonly Diagnostic[]
  readonly xml: string | undefined
  readonly argv: string | undefined
  /** Why there is no answer at all. */
  readonly thrown?: string
}

/** Answers as this project does, on the machine of the oracle. */
export function ownAnswer(domain: string, machine: Machine): Own {
  const outcome: Conversion | string = convertRow({ kind: 'native' }, domain, machine)
  if (typeof outcome === 'string') return { diagnostics: [], xml: undefined, argv: undefined, thrown: outcome }
  const { diagnostics, xml, argv } = outcome
  return { diagnostics, xml, argv: argv && printShell(argv) }
}

export interface Disagreement {
  /** Where the two part: in what is refused at definition or start, in the completed XML, or in the command line. */
  readonly check: 'define' | 'start' | 'xml' | 'argv'
  /** The same for all domains that fail alike. */
  readonly kind: string
  readonly detail: string
}

const errorAt = (own: Own, stage: When) =>
  own.diagnostics.find(({ severity, when = 'define' }) => severity === 'error' && when === stage)

/** The first point in which the two answers part; undefined where they are one. */
export function compare(answer: Answer, own: Own): Disagreement | undefined {
  if (own.thrown !== undefined) return { check: 'define', kind: `throws ${plain(own.thrown)}`, detail: own.thrown }
  return (
    refusal('define', answer.define, errorAt(own, 'define')) ??
    (answer.define === 'ok' ? accepted(answer, own) : undefined)
  )
}

function accepted(answer: Answer, own: Own): Disagreement | undefined {
  const xml = answer.xml === undefined ? undefined : difference('xml', answer.xml.trimEnd(), own.xml?.trimEnd())
  if (xml !== undefined || answer.native === undefined) return xml
  const refused = refusal('start', answer.native, errorAt(own, 'start'))
  if (refused !== undefined || answer.args === undefined) return refused
  return difference('argv', comparable(answer.args), own.argv && comparable(own.argv))
}

/** Without what the moment of asking decides: numbers of descriptors, the time of day, and what a daemon counts since its start. */
function comparable(args: string): string {
  return withoutNumbers(args.trimEnd())
    .replace(/(-rtc base=)\d{4}-\d\d-\d\dT[\d:]+/, '$1NOW')
    .replace(/("acpi-generic-initiator","id":"gi)\d+/g, '$1N')
}

function refusal(check: 'define' | 'start', said: string, error: Diagnostic | undefined): Disagreement | undefined {
  if (said === 'ok' && error !== undefined) {
    return { check, kind: `refused: ${error.code}`, detail: `${error.path ?? ''} ${error.message}` }
  }
  if (said === 'ok' || error !== undefined) return undefined
  return { check, kind: `not refused: ${plain(said)}`, detail: said.replace(/^error: Failed .*\n/, '') }
}

/** A message without the particulars of a domain. */
function plain(message: string): string {
  return message
    .replace(/^error: .*\n/, '')
    .replace(/^error: /, '')
    .replace(/'[^']*'|"[^"]*"/g, '…')
    .replace(/\/[\w./,-]+/g, '/…')
    .replace(/\d+/g, 'N')
    .trim()
}

function difference(check: 'xml' | 'argv', expected: string, got: string | undefined): Disagreement | undefined {
  if (got === expected) return undefined
  if (got === undefined) return { check, kind: 'nothing came out', detail: '' }
  const [wanted, have] = [expected.split('\n'), got.split('\n')]
  const line = wanted.findIndex((text, index) => text !== have[index])
  const at = line < 0 ? wanted.length : line
  const [theirs, ours] = [wanted[at] ?? '(end)', have[at] ?? '(end)']
  const place =
    check === 'xml' ? `${parentOf(wanted, at)}${partsThatDiffer(theirs, ours)}` : partsThatDiffer(theirs, ours)
  return { check, kind: place, detail: `theirs: ${theirs.trim()}\n  ours:   ${ours.trim()}` }
}

function parentOf(lines: readonly string[], at: number): string {
  const depth = (line: string) => line.search(/\S/)
  const own = depth(lines[at] ?? '')
  for (let above = at - 1; above >= 0; above--) {
    if (depth(lines[above]!) < own) return `${/<([^\s/>]+)/.exec(lines[above]!)?.[1] ?? ''} › `
  }
  return ''
}

const nameOf = (line: string) =>
  /^\s*(<\/?[^\s/>]+|-\S+ '?\{"(?:driver|qom-type|type)":"[^"]*"|-\S+(?: [\w-]+(?=,|$))?)/.exec(line)?.[1] ?? '…'

/** The names of the two lines where they are different ones, and of the first attribute or property that differs else. */
function partsThatDiffer(theirs: string, ours: string): string {
  const [one, other] = [nameOf(theirs), nameOf(ours)]
  if (one !== other) return `${one} expected, ${other} got`
  const split = (line: string) => line.split(/(?<=')\s|,/)
  const [left, right] = [split(theirs), split(ours)]
  const index = left.findIndex((part, at) => part !== right[at])
  const key = (part: string | undefined) =>
    part
      ?.replace(/[=:].*$/, '')
      .replace(/\d+/g, 'N')
      .trim() ?? 'nothing'
  const [first, second] = [key(left[index < 0 ? left.length : index]), key(right[index < 0 ? left.length : index])]
  return first === second ? `${one} ${first}` : `${one} ${first} expected, ${second} got`
}
