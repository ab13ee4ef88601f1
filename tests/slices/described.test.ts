import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { jsonSchema } from '../../src/codec/json-schema.ts'
import { domain } from '../../src/definition.ts'

/** What is read, by name, word and limit, is a promise: whoever changes it changes the published schema (`npm run gen:schemas`). */
test('the domain is the one of the published schema', () => {
  const published = readFileSync(new URL('../../schemas/domain.schema.json', import.meta.url), 'utf8')
  // Compared as a text: the difference of two trees of this size takes seconds to print.
  expect(`${JSON.stringify(jsonSchema(domain, 'domxml:domain'), null, 2)}\n` === published).toBe(true)
})
