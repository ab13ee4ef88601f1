import { checkerOf } from '../json/check.ts'
import { list, type Of, oneOf, record, text } from '../json/shape.ts'
import type { LintedFile } from './conclude.ts'
import type { Finding } from './finding.ts'

const known = record('A finding that does not fail a run.', {
  file: text('The file, relative to the baseline.'),
  code: text('The code of the finding.'),
  fingerprint: text('What the finding is known by when lines move.'),
  message: text('What it said, for people.'),
})

const baselineFile = record('Findings that a team lives with, for now.', {
  version: oneOf('The form of this file.', 1),
  findings: list('By file, then as they stood in it.', known),
})

export type KnownFinding = Of<typeof known>
export type BaselineFile = Of<typeof baselineFile>

export const baselineSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'domxml:lint-baseline',
  title: 'Baseline of domxml lint',
  ...baselineFile.schema,
}

/** Reads a baseline. Raises `baseline/not-json`, `baseline/unknown-key`, `baseline/missing-key`, `baseline/wrong-type`, `baseline/bad-value`. */
export const readBaseline = checkerOf<BaselineFile>(baselineSchema, 'baseline', 'baseline')

/** Tells new findings from known ones. */
export class Baseline {
  readonly #left = new Map<string, KnownFinding>()

  constructor(findings: readonly KnownFinding[]) {
    for (const finding of findings) this.#left.set(keyOf(finding.file, finding), finding)
  }

  /** The file with its new findings only, and how many were known. `name`: as in the baseline. */
  apply(file: LintedFile, name: string): { readonly file: LintedFile; readonly known: number } {
    const fresh = file.findings.filter((finding) => !this.#left.delete(keyOf(name, finding)))
    return { file: { ...file, findings: fresh }, known: file.findings.length - fresh.length }
  }

  /** Those known of the files `looked` at that are not found any more. */
  gone(looked: ReadonlySet<string>): KnownFinding[] {
    return [...this.#left.values()].filter(({ file }) => looked.has(file))
  }
}

/** The baseline of these findings. */
export function baselineOf(entries: Iterable<readonly [name: string, finding: Finding]>): BaselineFile {
  const findings = [...entries].map(
    ([file, { code, fingerprint, message }]): KnownFinding => ({ file, code, fingerprint, message }),
  )
  const ordered = findings.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
  return { version: 1, findings: ordered }
}

function keyOf(file: string, { code, fingerprint }: { readonly code: string; readonly fingerprint: string }): string {
  return `${fingerprint} ${code} ${file}`
}
