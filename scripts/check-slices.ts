import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import { devices, domain } from '../src/definition.ts'
import { kinds } from '../src/devices/registry.ts'
import { deviceRules, rules } from '../src/rules/registry.ts'
import { sections } from '../src/sections/registry.ts'
import { undocumentedFields } from './slices/fields.ts'
import { gateProblems } from './slices/gate-paths.ts'
import { pagesOf } from './slices/pages.ts'
import { printedRules } from './slices/printed-rules.ts'
import { allProse, proseProblem } from './slices/prose.ts'
import { ruleProblems, rulesNamedIn } from './slices/rule-names.ts'
import { stepsOf } from './slices/steps.ts'

/**
 * What a complete slice is: a folder, behaviour, a description with a doc for every field, prose with an example, gates of what is there,
 * rules that stand on a page, no file that is too long.
 */
process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const longest = 400
const problems: string[] = []
const behaviours: { readonly [name: string]: object } = kinds

for (const [name, field] of Object.entries(devices.shape.children ?? {})) {
  if (field.kind !== 'many') continue
  if (!existsSync(`src/devices/${name}/element.ts`)) problems.push(`devices/${name}: no element.ts`)
  const kind = behaviours[name]
  if (kind === undefined) problems.push(`devices/${name}: no behaviour in registry.ts`)
  else problems.push(...gateProblems(`devices/${name}`, field.element(), kind))
}
for (const path of undocumentedFields(domain)) problems.push(`${path}: no doc`)

const prose = allProse()
for (const [{ name }, { kind }] of pagesOf())
  problems.push(...[proseProblem(prose, name, kind ? 'device' : 'section')].filter((it) => it !== undefined))

const files = globSync('src/**/*.ts')
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
const isTest = (file: string) => /\.test\.ts$|\/testing[^/]*\.ts$/.test(file)
const uses = [...texts]
  .filter(([file]) => !isTest(file))
  .map(([file, text]) => [file, rulesNamedIn(file, text)] as const)
const steps = stepsOf({ ...sections, ...kinds, rules: { checks: rules, deviceRules } })
problems.push(...ruleProblems(new Map(uses), new Set(steps.map(({ name }) => name)), printedRules))

for (const [file, text] of texts) {
  const lines = text.split('\n').length
  const isData = /\.gen\.ts$|\/builtin\/|flags\.ts$/.test(file)
  if (lines > longest && !isData) problems.push(`${file}: ${lines} lines, ${longest} at most`)
}

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
