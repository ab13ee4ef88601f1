import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allRules } from './rules/pages.ts'

/**
 * Every code has a page with an example that fails and its mend, of its own or of its tests. Those that have only what the sources say
 * stand in an inverted list, which only shrinks: a code with a page may not stand there, a new code may not be added.
 * `--shrink` takes out those that have a page or are gone.
 */
const path = fileURLToPath(new URL('rules/short-pages.txt', import.meta.url))
const lines = readFileSync(path, 'utf8').split('\n')
const listed = new Set(lines.filter((line) => line !== '' && !line.startsWith('#')))
const { rules, computed, orphans } = await allRules()
const short = new Set([
  ...rules.filter(({ page, made }) => (page?.example ?? made) === undefined).map(({ code }) => code),
  ...computed,
])
const problems = [
  ...[...short]
    .filter((code) => !listed.has(code))
    .map((code) => `${code} has no page: describe it in a rules.ts beside it`),
  ...[...listed]
    .filter((code) => !short.has(code))
    .map((code) => `${code} has a page, or is gone: take it out with --shrink`),
  ...orphans.map((code) => `${code} has a page, but nothing raises it`),
]
if (process.argv.includes('--shrink')) {
  writeFileSync(path, lines.filter((line) => line === '' || line.startsWith('#') || short.has(line)).join('\n'))
} else if (process.argv.includes('--init')) {
  const comments = lines.filter((line) => line.startsWith('#'))
  writeFileSync(path, `${[...comments, ...[...short].sort()].join('\n')}\n`)
} else {
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}
