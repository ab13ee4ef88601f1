import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { convert } from '../../src/convert.ts'
import { LineIndex } from '../../src/diagnostic/position.ts'
import { genericHost } from '../../src/host/generic.ts'
import { Release } from '../../src/release/release.ts'

/** One finding as the manifest tells it: severity, code, and the place where it points. */
export type Told = readonly [severity: string, code: string, line: number, column: number]

/** What domxml says of a text, notes on the host apart, in the order of the document. */
export async function answer(text: string): Promise<Told[]> {
  const { build } = chooseBuild('x86_64', 'latest')
  if (build === undefined) throw new Error('there is no table')
  const options = { capabilities: await loadBuiltin(build), host: genericHost('x86_64'), release: Release.of('10.1') }
  const lines = new LineIndex(text)
  return convert(text, { ...options, abiUpdate: true }).diagnostics.flatMap(({ severity, code, span }): Told[] => {
    if (severity === 'info' || code.startsWith('host/') || code === 'interface/no-descriptors') return []
    const { line, column } = lines.position(span?.start ?? 0)
    return [[severity, code, line, column]]
  })
}
