import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chooseBuild, loadBuiltin } from '../src/capabilities/builtin.ts'
import { genericHost } from '../src/host/generic.ts'
import { passingCases } from '../tests/laws/corpus.ts'
import { capabilityRatios } from './capabilities.ts'
import { scaleRatio } from './scale.ts'
import { type Sample, stageRatios } from './stages.ts'
import { startRatio } from './start.ts'
import { table } from './timing.ts'
import { validatorRatio } from './validator.ts'

const capabilities = await loadBuiltin(chooseBuild('x86_64').build!)
const options = { capabilities, host: genericHost('x86_64') }

/** The corpus cases that pass; where the corpus is absent, the examples. */
function samples(): { from: string; list: Sample[] } {
  const passing = passingCases('argv').map(({ source, circumstances }) => ({ source, options: circumstances }))
  if (passing.length > 0) return { from: `${passing.length} corpus cases that pass`, list: passing }
  const folder = fileURLToPath(new URL('../examples/', import.meta.url))
  const files = readdirSync(folder).filter((name) => name.endsWith('.xml'))
  return {
    from: `${files.length} examples`,
    list: files.map((name) => ({ source: readFileSync(folder + name, 'utf8'), options })),
  }
}

const { from, list } = samples()
const { rows, millisecondsEach } = stageRatios(list)
console.log(
  table(
    `Over fast-xml-parser parsing the same text (${from}; that parse is ${millisecondsEach.toFixed(3)} ms here)`,
    rows,
  ),
)
console.log(table('Capability tables, over parsing the example ten times', capabilityRatios()))
console.log(table('Scale', scaleRatio(options)))
console.log(table('Start', startRatio()))
console.log(table('Many files', validatorRatio(list.map(({ source }) => source))))
