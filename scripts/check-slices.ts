import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeviceKind } from '../src/context/unit.ts'
import { devices, domain } from '../src/definition.ts'
import { kinds } from '../src/devices/registry.ts'
import { undocumentedFields } from './slices/fields.ts'
import { namesSomething } from './slices/gate-paths.ts'

/** What a complete slice is: a folder, a description with a doc for every field, gates of what is there, no file that is too long. */
const src = fileURLToPath(new URL('../src', import.meta.url))
const longest = 400
const problems: string[] = []

for (const [name, field] of Object.entries(devices.shape.children ?? {})) {
  if (field.kind !== 'many') continue
  const folder = join(src, 'devices', name)
  if (!existsSync(join(folder, 'element.ts'))) problems.push(`devices/${name}: no element.ts`)
  const kind: Pick<DeviceKind<never>, 'gates'> | undefined = (kinds as { readonly [name: string]: DeviceKind<never> })[
    name
  ]
  if (kind === undefined) problems.push(`devices/${name}: no behaviour in registry.ts`)
  for (const { path, code } of kind?.gates ?? []) {
    if (!namesSomething(field.element(), path))
      problems.push(`devices/${name}: the gate ${code} is of ${path}, which is not there`)
  }
}
for (const path of undocumentedFields(domain)) problems.push(`${path}: no doc`)

for (const file of sources(src)) {
  const lines = readFileSync(file, 'utf8').split('\n').length
  const isData = /\.gen\.ts$|\/builtin\/|flags\.ts$/.test(file)
  if (lines > longest && !isData) problems.push(`${file.slice(src.length + 1)}: ${lines} lines, ${longest} at most`)
}

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1

function* sources(folder: string): Iterable<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* sources(path)
    else if (name.endsWith('.ts')) yield path
  }
}
