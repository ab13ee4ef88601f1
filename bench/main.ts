import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chooseBuild, loadBuiltin } from '../src/capabilities/builtin.ts'
import { genericHost } from '../src/host/generic.ts'
import { passingCases } from '../tests/laws/corpus.ts'
import { capabilityRatios } from './capabilities.ts'
import { scaleRatio } from './scale.ts'
import { type Sample, stageRatios } from './stages.ts'
import { startRatio } from './start.ts'
import { isOver, type Row, table } from './timing.ts'
import { validatorRatio } from './validator.ts'

const { values: asked } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string', multiple: true }, thing: { type: 'string' } },
})
const capabilities = await loadBuiltin(chooseBuild('x86_64').build!)
const options = { capabilities, host: genericHost('x86_64') }

/** The corpus cases that are accepted; where the corpus is absent, the examples. */
function samples(): { from: string; list: Sample[] } {
  const passing = passingCases('argv').map(({ source, circumstances }) => ({ source, options: circumstances }))
  if (passing.length > 0) return { from: `${passing.length} accepted cases of the corpus`, list: passing }
  const folder = fileURLToPath(new URL('../examples/', import.meta.url))
  const files = readdirSync(folder).filter((name) => name.endsWith('.xml'))
  return {
    from: `${files.length} examples`,
    list: files.map((name) => ({ source: readFileSync(folder + name, 'utf8'), options })),
  }
}

interface Part {
  readonly title: string
  readonly rows: readonly Row[]
}

const parts: { readonly [name: string]: () => Part } = {
  stages: () => {
    const { from, list } = samples()
    const { rows, millisecondsEach } = stageRatios(list)
    const each = `${millisecondsEach.toFixed(3)} ms here`
    return { title: `Over fast-xml-parser parsing the same text (${from}; that parse is ${each})`, rows }
  },
  capabilities: () => ({ title: 'Capability tables, over parsing the example ten times', rows: capabilityRatios() }),
  scale: () => ({ title: 'Ten times more of one thing, at worst', rows: scaleRatio(options, asked.thing) }),
  start: () => ({ title: 'Start of the CLI, over an empty node', rows: startRatio() }),
  files: () => ({ title: 'Many files', rows: validatorRatio(samples().list.map(({ source }) => source)) }),
}

const measured: { [name: string]: readonly Row[] } = {}
for (const [name, measure] of Object.entries(parts)) {
  if (asked.only !== undefined && !asked.only.includes(name)) continue
  const { title, rows } = measure()
  measured[name] = rows
  if (rows.some(isOver)) process.exitCode = 1
  if (!asked.json) console.log(table(title, rows))
}
const load = loadavg()[0]!
if (asked.json) console.log(JSON.stringify({ load, ...measured }, undefined, 2))
else console.log(`Load of the machine at the end: ${load.toFixed(2)}`)
