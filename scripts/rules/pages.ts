import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import packageJson from '../../package.json' with { type: 'json' }
import type { RulePages } from '../../src/diagnostic/rule-page.ts'
import { raised } from '../../src/lint/rules/catalogue.gen.ts'
import type { Rule } from '../../src/lint/rules/catalogue.ts'
import { examples } from '../../src/lint/rules/examples.gen.ts'
import { collectRules } from './sources.ts'

const src = fileURLToPath(new URL('../../src/', import.meta.url))

/** The `rules.ts` files, relative to `src`. */
export function pageFiles(): string[] {
  return globSync('**/rules.ts', { cwd: src })
    .filter((name) => readFileSync(src + name, 'utf8').includes('satisfies RulePages'))
    .sort()
}

export async function allPages(): Promise<ReadonlyMap<string, RulePages[string]>> {
  const pages = new Map<string, RulePages[string]>()
  for (const name of pageFiles()) {
    const { rules } = (await import(src + name)) as { rules: RulePages }
    for (const [code, page] of Object.entries(rules)) {
      if (pages.has(code)) throw new Error(`${code} has two pages, one in ${dirname(name)}`)
      pages.set(code, page)
    }
  }
  return pages
}

/** A code keeps the release that had it first; a new one has the release to come. */
const firstSeen = new Map(raised.map(({ code, since }) => [code, since]))

export async function allRules(): Promise<{ rules: Rule[]; computed: readonly string[]; orphans: string[] }> {
  const { rules, computed } = collectRules()
  const pages = await allPages()
  const known = new Set(rules.map(({ code }) => code))
  return {
    rules: rules.map((rule) => ({
      ...rule,
      since: firstSeen.get(rule.code) ?? packageJson.version,
      page: pages.get(rule.code),
      made: examples[rule.code],
    })),
    computed,
    orphans: [...pages.keys()].filter((code) => !known.has(code)),
  }
}
