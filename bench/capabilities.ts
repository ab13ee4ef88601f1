import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BuiltinFamily, unfold } from '../src/capabilities/builtin/format.ts'
import { builtinBuilds, chooseBuild } from '../src/capabilities/builtin.ts'
import { capabilitiesOf } from '../src/capabilities/capabilities.ts'
import { derive } from '../src/capabilities/derive.ts'
import { dialogueOfRecording } from '../src/capabilities/dialogue.ts'
import { parseDomain } from '../src/pipeline/parse.ts'
import { shared } from '../tests/shared.ts'
import { best, type Row } from './timing.ts'

const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url))

/** Capability tables, as a ratio to parsing the example ten times. Loading stays below it. */
export function capabilityRatios(): Row[] {
  const example = readFileSync(path('examples/vf-token.xml'), 'utf8')
  const tenDomains = best(() => {
    for (let count = 0; count < 10; count++) parseDomain(example)
  })
  const row = (what: string, seconds: number, note: string): Row => ({ what, ratio: seconds / tenDomains, note })
  const load = row('load a built-in table', best(loading()), 'compiled and unfolded')
  return [{ ...load, limit: 1 }, ...deriving(row)]
}

/** What loading costs once a process: the module is compiled and run, the table unfolded and asked. */
function loading(): () => void {
  const build = chooseBuild('x86_64').build!
  const position = builtinBuilds.filter(({ arch }) => arch === build.arch).indexOf(build)
  const module = readFileSync(path(`src/capabilities/builtin/${build.arch}.gen.ts`), 'utf8')
  const literal = module.slice(module.indexOf(' = {') + ' = '.length)
  return () => {
    const family: BuiltinFamily = new Function(`return ${literal}`)()
    if (!capabilitiesOf(unfold(family, position, build)).has('VGA')) throw new Error('the table is not whole')
  }
}

function deriving(row: (what: string, seconds: number, note: string) => Row): Row[] {
  const file = `${shared}/corpus/qemucapabilitiesdata/caps_9.0.0_x86_64.replies`
  if (!existsSync(file)) return [{ what: 'derive from a recording', ratio: Number.NaN, note: 'SKIPPED: no ../shared' }]
  const text = readFileSync(file, 'utf8')
  const dialogue = dialogueOfRecording(text)
  return [
    row(
      'read a recording',
      best(() => dialogueOfRecording(text)),
      '840 kB of JSON',
    ),
    row(
      'derive from a recording',
      best(() => derive(dialogue)),
      'flags, machine types, CPU models, host CPU',
    ),
  ]
}
