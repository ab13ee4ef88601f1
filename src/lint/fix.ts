import { applyFixes, type Fix } from '../diagnostic/fix.ts'
import { conclude } from './conclude.ts'
import type { Finding } from './finding.ts'
import { type InspectOptions, inspect } from './inspect.ts'
import type { Settings } from './settings/settings.ts'

/** A mend may uncover the next; more rounds than this mean two mends that undo each other. */
const ROUNDS = 8

export interface Fixed {
  readonly text: string
  readonly fixed: readonly Finding[]
}

/**
 * Mends a text by all safe fixes of findings that are told (disabled ones are left alone), again until nothing is left to
 * do. A round that would leave a text that cannot be read any more is not made.
 */
export async function fixText(text: string, options: InspectOptions, settings: Settings): Promise<Fixed> {
  let current = text
  const fixed: Finding[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const inspected = await inspect(current, options)
    if (round > 0 && inspected.kind === 'unread') throw new Error('a fix has broken the document')
    const { findings } = conclude(inspected, settings)
    const safe = findings.flatMap((finding) => (finding.fix?.safe ? [{ ...finding.fix, finding }] : []))
    const { text: next, applied } = applyFixes<Fix & { finding: Finding }>(current, safe)
    if (next === current) break
    current = next
    fixed.push(...applied.map(({ finding }) => finding))
  }
  return { text: current, fixed }
}
