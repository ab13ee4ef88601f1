import type { Span } from '../diagnostic/diagnostic.ts'
import type { Finding, RawFinding } from './finding.ts'
import { levelOf } from './finding.ts'
import { Fingerprints, fingerprintOf } from './fingerprint.ts'
import type { FileKind, Inspected } from './inspect.ts'
import type { RuleLevel, Settings } from './settings/settings.ts'
import { type Directive, namesCode } from './suppress/directive.ts'

/** A file as reports show it. */
export interface LintedFile {
  readonly name: string
  readonly kind: FileKind
  readonly root?: string | undefined
  readonly checked: number
  /** In document order; those without a place come last. */
  readonly findings: readonly Finding[]
  /** How many findings comments disabled. */
  readonly disabled: number
}

/**
 * Applies levels and comments to what was found in a file. `more`: findings that came from other files. Raises
 * `lint/unused-directive`, `lint/missing-reason`.
 */
export function conclude(inspected: Inspected, settings: Settings, more: readonly RawFinding[] = []): LintedFile {
  const { directives } = inspected
  const used = new Set<string>()
  const fingerprints = new Fingerprints()
  const findings: Finding[] = []
  let disabled = 0
  const tell = (raw: RawFinding) => {
    const level = levelFor(raw, settings)
    // A fingerprint counts those that are alike, so that off or disabled ones must not rename others.
    const words = fingerprints.wordsOf(raw.code, raw.path, raw.lineText, raw.message)
    if (level === 'off') return
    const silencers = directivesFor(raw, directives)
    for (const [directive, code] of silencers) used.add(`${directives.indexOf(directive)} ${code}`)
    if (silencers.length > 0) disabled++
    else {
      const { severity: _, lineText: __, ...finding } = raw
      findings.push({
        ...finding,
        level,
        get fingerprint() {
          return fingerprintOf(words)
        },
      })
    }
  }
  const all = more.length === 0 ? inspected.findings : [...inspected.findings, ...more]
  for (const raw of all) tell(raw)
  for (const raw of aboutDirectives(directives, used, settings)) {
    tell({ ...raw, place: inspected.directivePlaces[directives.findIndex(({ span }) => span === raw.span)] })
  }
  const { name, kind, root, checked } = inspected
  return { name, kind, root, checked, findings: findings.sort(byPlace), disabled }
}

function byPlace(a: Finding, b: Finding): number {
  const start = ({ span }: Finding) => span?.start ?? Number.MAX_SAFE_INTEGER
  return start(a) - start(b)
}

const ignoredByLibvirt = /^(element|attribute)\/unknown$/

/** The level that a team gave a finding; its own where it gave none. */
function levelFor({ code, severity }: RawFinding, { rules, strict }: Settings): RuleLevel {
  const given = rules.findLast(([named]) => namesCode(named, code))?.[1]
  if (given !== undefined) return given
  return strict && ignoredByLibvirt.test(code) ? 'error' : levelOf[severity]
}

/** What is so broken that nothing else could be read cannot be disabled by what could not be read. */
function directivesFor({ code, span }: RawFinding, directives: readonly Directive[]): (readonly [Directive, string])[] {
  return directives.flatMap((directive) => {
    const named = directive.codes.find((it) => namesCode(it, code))
    if (named === undefined) return []
    if (directive.scope !== 'file' && (span === undefined || !covers(directive.covers, span))) return []
    return [[directive, named] as const]
  })
}

function covers(outer: Span, { start }: Span): boolean {
  return outer.start <= start && start < Math.max(outer.end, outer.start + 1)
}

function aboutDirectives(
  directives: readonly Directive[],
  used: ReadonlySet<string>,
  settings: Settings,
): RawFinding[] {
  return directives.flatMap(({ codes, reason, span }, index): RawFinding[] => {
    const base = { severity: 'warning' as const, span, related: [], lineText: codes.join(' ') }
    const unused = codes
      .filter((code) => !used.has(`${index} ${code}`))
      .map((code) => ({
        ...base,
        code: 'lint/unused-directive',
        message: `The comment disables ${code}, but there is no such finding in its range.`,
        hint: 'Remove it.',
      }))
    if (reason !== undefined || !settings.requireReason) return unused
    const missing = {
      ...base,
      code: 'lint/missing-reason',
      message: 'The comment does not say why it disables a finding.',
      hint: 'Write the reason behind a colon: <!-- domxml-disable-next-line CODE: reason -->',
    }
    return [...unused, missing]
  })
}
