import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Row } from './timing.ts'

const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url))
const cli = path('dist/cli/domxml.cjs')
const example = path('examples/vf-token.xml')
const domain = path('examples/vfio/db.xml')
const host = path('examples/vfio/host.json')

/** What is called, and how many times an empty node it may take. */
const calls: readonly { readonly what: string; readonly args: readonly string[]; readonly aim: number }[] = [
  { what: '--version', args: ['--version'], aim: 1.3 },
  { what: '--help', args: ['--help'], aim: 1.3 },
  { what: 'argv of the example', args: ['argv', example], aim: 2 },
  { what: 'validate --host of one domain', args: ['validate', '--host', host, domain], aim: 2 },
  { what: 'vfio check of one domain', args: ['vfio', 'check', '--host', host, domain], aim: 2 },
]

const rounds = 15

/** The bundled CLI over a node that does nothing: the quickest start of each, which take turns; all but the first find code compiled. */
export function startRatio(): Row[] {
  if (!existsSync(cli)) return [{ what: 'CLI', ratio: Number.NaN, note: 'SKIPPED: npm run build first' }]
  const starts = [['-e', '0'], ...calls.map(({ args }) => [cli, ...args])]
  const least = starts.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < rounds; round++) {
    for (const [index, args] of starts.entries()) {
      const start = performance.now()
      spawnSync(process.execPath, args, { stdio: 'ignore' })
      least[index] = Math.min(least[index]!, performance.now() - start)
    }
  }
  const [empty = Number.NaN, ...taken] = least
  return calls.map(({ what, aim }, index) => {
    const ms = taken[index]!
    return { what, ratio: ms / empty, note: `${(ms - empty).toFixed(0)} ms more than an empty node`, aim }
  })
}
