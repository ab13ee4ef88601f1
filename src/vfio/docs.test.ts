import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { preflightRules } from './preflight/findings/list.ts'
import { kernelRules } from './rules.ts'

const page = readFileSync(new URL('../../docs/vf-token.md', import.meta.url), 'utf8')

test.each(preflightRules.flatMap(({ codes }) => codes))('the page explains %s', (code) => {
  expect(page).toContain(`\`${code}\``)
})

test.each(Object.values(kernelRules).filter(({ log }) => log !== undefined))(
  'the page has the log line of $name',
  (rule) => {
    const [words = ''] = (rule.log ?? '').split(/\{\w+\}/).sort((a, b) => b.length - a.length)
    expect(page).toContain(words.trim())
  },
)

test.each(Object.values(kernelRules).filter(({ name }) => /^(plain|vf|pf|name|open|iommufd)\//.test(name)))(
  'the page names the rule $name',
  ({ name }) => {
    expect(page).toContain(`\`${name}\``)
  },
)
