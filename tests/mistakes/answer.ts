import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { applyEdits } from '../../src/diagnostic/fix.ts'
import { genericHost } from '../../src/host/generic.ts'
import { type Inspected, inspect } from '../../src/lint/inspect.ts'
import { Release } from '../../src/release/release.ts'

/** One finding as the manifest tells it: severity, code, the place where it points, and the mended line where a fix is known. */
export type Told = readonly [severity: string, code: string, line: number, column: number, mended?: string]

export async function check(text: string): Promise<Inspected['findings']> {
  const inspected = await inspect(text, {
    name: 'mistake.xml',
    target: async (arch) => ({
      capabilities: await loadBuiltin(chooseBuild(arch, 'latest').build!),
      host: genericHost(arch),
      release: Release.of('12.8'),
      notes: [],
      purpose: 'check',
    }),
  })
  return inspected.findings.filter(({ code }) => !code.startsWith('host/') && code !== 'interface/no-descriptors')
}

/** The text with the one fix of a finding. */
export function mended(text: string, { fix }: Inspected['findings'][number]): string | undefined {
  return fix && applyEdits(text, fix.edits)
}

/** What a linter says of a text, notes on the host apart, in the order of the document. */
export async function answer(text: string): Promise<Told[]> {
  return (await check(text)).map((found): Told => {
    const { severity, code, place } = found
    const { line = 0, column = 0 } = place ?? {}
    const now = mended(text, found)
    return now === undefined
      ? [severity, code, line, column]
      : [severity, code, line, column, firstDifference(text, now)]
  })
}

function firstDifference(before: string, after: string): string {
  const old = before.split('\n')
  return (after.split('\n').find((line, index) => line !== old[index]) ?? '').trim()
}
