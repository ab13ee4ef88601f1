import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { globSync } from 'tinyglobby'
import { bundle } from './bundle.ts'
import { type Mutant, mutantsOf, sample, switched } from './mutants.ts'
import { killersOf, mutable } from './scope.ts'
import { type Outcome, tryAll } from './try.ts'

const usage = `npm run mutate [-- [OPTION]… [FILE]…]
Changes the sources in small ways, one at a time, and looks whether a test notices.
  FILE…            mutants of these files (globs); of those that differ from main where neither FILE nor --seed is given
  --seed N         a sample over ${mutable.join(', ')}
  --count N        the size of the sample (default: 300)
  --processes N    how many try at the same time (default: 2)
  --json OUT       write what became of each mutant
  --again FILE     only those that survived in a run whose --json this is
`

async function main(): Promise<number> {
  const options = {
    seed: { type: 'string' },
    count: { type: 'string', default: '300' },
    json: { type: 'string' },
    processes: { type: 'string', default: '2' },
    again: { type: 'string' },
    help: { type: 'boolean' },
  } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const isSample = values.seed !== undefined
  const given = positionals.length > 0 ? positionals : isSample ? mutable.map((room) => `${room}/**/*.ts`) : changed()
  const files = globSync(given, {
    ignore: ['**/{rules,silent}.ts', '**/*.test.ts', '**/*.fixture.ts', '**/*.gen.ts'],
  }).sort()
  const all = await mutantsOf(files)
  const sampled = isSample ? sample(all, Number(values.seed), Number(values.count)) : all
  const chosen = values.again === undefined ? sampled : survivorsOf(sampled, values.again)
  if (chosen.length === 0) {
    console.log('There is nothing to change.')
    return 0
  }
  console.log(`${chosen.length} of ${all.length} mutants in ${files.length} files`)
  const { sources, ids } = await switched(chosen)
  const folder = 'node_modules/.cache/mutate'
  mkdirSync(folder, { recursive: true })
  const out = `${folder}/${process.pid}.mjs`
  await bundle(sources, killersOf(files), out)
  const outcomes = await tryAll(chosen, ids, out, Number(values.processes), progress)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(outcomes, null, 2)}\n`)
  console.log(report(outcomes))
  return 0
}

function survivorsOf(mutants: readonly Mutant[], file: string): Mutant[] {
  const before: readonly Outcome[] = JSON.parse(readFileSync(file, 'utf8'))
  const survived = new Set(before.filter(({ end }) => end === 'survived').map(({ mutant }) => mutant.key))
  return mutants.filter(({ key }) => survived.has(key))
}

/** The mutable files that differ from main, committed or not. */
function changed(): string[] {
  const names = execFileSync('git', ['diff', '--name-only', '--diff-filter=d', 'main'], { encoding: 'utf8' })
  return names.split('\n').filter((name) => name.endsWith('.ts') && mutable.some((room) => name.startsWith(`${room}/`)))
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}

function report(outcomes: readonly Outcome[]): string {
  const killed = outcomes.filter(({ end }) => end !== 'survived')
  const late = outcomes.filter(({ end }) => end === 'timeout').length
  const lines = outcomes.filter(({ end }) => end === 'survived').map(({ mutant, reached }) => line(mutant, reached))
  const share = ((100 * killed.length) / outcomes.length).toFixed(1)
  return [
    ...lines.sort(),
    `${killed.length} of ${outcomes.length} killed (${share} in 100), ${late} of them by a run that did not end`,
  ].join('\n')
}

const short = (text: string) => text.replace(/\s+/g, ' ').slice(0, 70)

const line = ({ file, line, from, to }: Mutant, reached: boolean) =>
  `SURVIVED ${file}:${line}  ${short(from)}  →  ${short(to)}${reached ? '' : '  (no test comes here)'}`

process.exitCode = await main()
process.exit()
