import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Row } from './timing.ts'

const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url))

function fastest(args: readonly string[]): number {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 12; round++) {
    const start = performance.now()
    spawnSync(process.execPath, args, { stdio: 'ignore' })
    least = Math.min(least, performance.now() - start)
  }
  return least
}

/** The bundled CLI converting the example, over a node that does nothing. */
export function startRatio(): Row[] {
  const cli = path('dist/cli/main.js')
  if (!existsSync(cli)) return [{ what: 'CLI', ratio: Number.NaN, note: 'SKIPPED: npm run build first' }]
  const empty = fastest(['-e', '0'])
  const converting = fastest([cli, 'argv', path('examples/vf-token.xml')])
  return [
    {
      what: 'argv of the example / empty node',
      ratio: converting / empty,
      note: `${(converting - empty).toFixed(0)} ms more`,
    },
  ]
}
