import { createTwoFilesPatch } from 'diff'
import { masked } from '../../diagnostic/mask.ts'
import { decodeToEdit } from '../../lint/encoding.ts'
import type { Finding } from '../../lint/finding.ts'
import { fixText } from '../../lint/fix.ts'
import type { Settings } from '../../lint/settings/settings.ts'
import { recover } from '../replace/interrupted.ts'
import { replaceFiles } from '../replace/replace-files.ts'
import { readFileForLint } from './read-file.ts'
import type { Targets } from './targets.ts'

export interface FixedFile {
  readonly before: string
  readonly after: string
  readonly bytes: Uint8Array
  readonly fixed: readonly Finding[]
}

/** Mends bytes; undefined where there is nothing to mend, or they are in an encoding that cannot be written again. */
export async function fixBytes(
  name: string,
  bytes: Uint8Array,
  settings: Settings,
  targets: Targets,
): Promise<FixedFile | undefined> {
  const decoded = decodeToEdit(bytes)
  if (decoded === undefined) return undefined
  const options = { name, target: targets.for(settings.circumstance) }
  const { text, fixed } = await fixText(decoded.text, options, settings)
  if (fixed.length === 0) return undefined
  return { before: decoded.text, after: text, bytes: decoded.encode(text), fixed }
}

/** Mends a file in its place, whole or not at all; `dry`: only says what would change. Throws what the file system says. */
export async function fixFile(
  name: string,
  settings: Settings,
  targets: Targets,
  dry: boolean,
): Promise<FixedFile | undefined> {
  if (!dry) recover([name])
  const read = await readFileForLint(name)
  if ('problem' in read) return undefined
  const fixed = await fixBytes(name, read.bytes, settings, targets)
  if (fixed !== undefined && !dry) {
    const replacement = { path: name, before: read.bytes, after: fixed.bytes }
    replaceFiles([replacement], { attributes: 'kept-if-possible' })
  }
  return fixed
}

/** The changes as a unified diff that `patch -p1` and `git apply` take. Secrets in its lines are masked: such a hunk is for reading alone. */
export function diffOf(name: string, { before, after }: FixedFile): string {
  const path = name.replace(/^\.?\//, '')
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, masked(before), masked(after), undefined, undefined, {
    context: 3,
  })
  return patch.replace(/^=+\n/, '')
}
