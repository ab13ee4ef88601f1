import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MadeExample } from '../src/diagnostic/rule-page.ts'
import { type Asked, makeExample } from './rules/examples/make.ts'
import { randomGuests } from './rules/examples/random.ts'
import { allRules } from './rules/pages.ts'

/**
 * `npm run gen:examples`: for every code without an example of its own, the smallest of the guests that its tests make, or of random
 * ones, and how it is mended. Takes minutes, so that it is run by hand; the examples are tested with all others (tests/lint/rules.test.ts).
 */
const folder = mkdtempSync(join(tmpdir(), 'domxml-examples-'))
const file = process.env.DOMXML_RECORDED ?? join(folder, 'guests.jsonl')
try {
  if (process.env.DOMXML_RECORDED === undefined) {
    writeFileSync(file, '')
    const env = { ...process.env, DOMXML_RECORD_GUESTS: file }
    spawnSync('npx', ['vitest', 'run', '--project', 'shared', 'src'], { env, stdio: 'inherit' })
  }
  const byCode = new Map<string, Asked[]>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue
    const asked = JSON.parse(line) as Asked
    for (const code of new Set(asked.codes)) byCode.set(code, [...(byCode.get(code) ?? []), asked])
  }
  const { rules } = await allRules()
  const open = rules.filter(({ page, made }) => (page?.example ?? made) === undefined)
  const untested = new Set(open.map(({ code }) => code).filter((code) => !byCode.has(code)))
  for (const guest of await randomGuests()) {
    for (const code of guest.codes) {
      if (untested.has(code)) byCode.set(code, [...(byCode.get(code) ?? []), guest])
    }
  }
  // What has an example keeps it: pages change only where there is something new.
  const made = rules.flatMap(({ code, page, made: kept }): [string, MadeExample][] =>
    kept && page?.example === undefined ? [[code, kept]] : [],
  )
  const wanted = open.filter(({ code }) => byCode.has(code))
  for (const { code } of wanted) {
    const example = await makeExample(code, byCode.get(code) ?? [])
    if (example !== undefined) made.push([code, example])
    else console.log(`${code}: no example that can be mended`)
  }
  console.log(`${rules.length} rules, ${wanted.length} with a guest, ${made.length} with an example`)
  const entries = made
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, example]) => `  ${JSON.stringify(code)}: ${JSON.stringify(example)},`)
  writeFileSync(
    new URL('../src/lint/rules/examples.gen.ts', import.meta.url),
    `// Written by npm run gen:examples.\nimport type { MadeExample } from '../../diagnostic/rule-page.ts'\n\nexport const examples: { readonly [code: string]: MadeExample } = {\n${entries.join('\n')}\n}\n`,
  )
  spawnSync('npx', ['tsx', 'scripts/accept-places.ts'], { stdio: 'inherit' })
} finally {
  rmSync(folder, { recursive: true })
}
