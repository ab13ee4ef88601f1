import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRecording, recordings } from './recordings.ts'
import { beginningOf, predict } from './replay.ts'

const page = readFileSync(new URL('../../docs/vf-token.md', import.meta.url), 'utf8')

/** A row of a table that tells where its rule was seen. */
interface Row {
  readonly section: string
  readonly rule: string
  readonly kernels: readonly string[]
}

function rowsOf(section: string): Row[] {
  const title = section.slice(0, section.indexOf('\n'))
  return [...section.matchAll(/^\|.*\| `(\w+\/[\w-]+)` \|(?: (.*))? \|$/gm)].map(([, rule = '', seen = '']) => ({
    section: title,
    rule,
    kernels: (seen.replace(/ \(.*/, '').match(/\d+\.\d+/g) ?? []).sort(),
  }))
}

/** Kernels that a rule decided on, as `major.minor`; `iommufd`: in an open through one. */
function kernelsOf(rule: string, iommufd: boolean): string[] {
  const found = met.filter((one) => one.rule === rule && (!iommufd || one.iommufd)).map(({ kernel }) => kernel)
  return [...new Set(found)].sort()
}

const met = recordings.flatMap((name) => {
  const [beginning, operations] = readRecording(name)
  const kernel = /^\d+\.\d+/.exec(beginning.kernelVersion)?.[0] ?? ''
  let host = beginningOf(beginning)
  return operations.map((operation) => {
    const predicted = predict(host, operation)
    host = predicted.host
    return { kernel, rule: predicted.rule, iommufd: operation.op === 'iommufd' }
  })
})

const rows = page
  .split(/^## /m)
  .flatMap(rowsOf)
  .filter(({ rule }) => !rule.startsWith('vfio/'))

test('every row of a table of rules is understood', () => {
  const tables = page.split('\n\n').filter((text) => /^\|.* rule \| seen on \|\n/.test(text))
  expect(rows.length).toBe(tables.flatMap((text) => text.trimEnd().split('\n').slice(2)).length)
})

test.each(rows)('$section: $rule was seen on the kernels that the page names', ({ section, rule, kernels }) => {
  expect(kernels).not.toEqual([])
  expect(kernels).toEqual(kernelsOf(rule, section === 'iommufd'))
})
