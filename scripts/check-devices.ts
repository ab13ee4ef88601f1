import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Shape } from '../src/codec/element.ts'
import { devices } from '../src/definition.ts'
import { kinds } from '../src/devices/registry.ts'

/** What a complete slice is: a folder, a description with a doc for every field, a test, no file that is too long. */
const src = fileURLToPath(new URL('../src', import.meta.url))
const longest = 400
const problems: string[] = []

for (const [name, field] of Object.entries(devices.shape.children ?? {})) {
  if (field.kind !== 'many') continue
  const folder = join(src, 'devices', name)
  if (!existsSync(join(folder, 'element.ts'))) problems.push(`devices/${name}: no element.ts`)
  if (!(name in kinds)) problems.push(`devices/${name}: no behaviour in registry.ts`)
  undocumented(field.element().shape, name)
}

for (const file of sources(src)) {
  const lines = readFileSync(file, 'utf8').split('\n').length
  const isData = /\.gen\.ts$|\/builtin\/|flags\.ts$/.test(file)
  if (lines > longest && !isData) problems.push(`${file.slice(src.length + 1)}: ${lines} lines, ${longest} at most`)
}

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1

function undocumented(shape: Shape, path: string): void {
  for (const [key, field] of Object.entries(shape.children ?? {})) {
    if (field.kind === 'choice') for (const variant of Object.values(field.variants)) undocumented(variant, path)
    else if (field.kind === 'flag' && field.doc === undefined) problems.push(`${path}/${key}: no doc`)
  }
}

function* sources(folder: string): Iterable<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* sources(path)
    else if (name.endsWith('.ts')) yield path
  }
}
