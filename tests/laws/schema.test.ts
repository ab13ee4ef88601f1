import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { toJson } from '../../src/codec/json.ts'
import { jsonSchema } from '../../src/codec/json-schema.ts'
import { complete } from '../../src/convert.ts'
import { domain } from '../../src/definition.ts'
import { parseDomain } from '../../src/pipeline/parse.ts'
import { skippedWithoutShared } from '../shared.ts'
import { passingCases } from './corpus.ts'

const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  strictTypes: false,
  discriminator: true,
  allErrors: true,
  formats: { ipv4: true, ipv6: true },
})
const validate = ajv.compile(jsonSchema(domain, 'domxml:test'))

function findings(json: object): string[] {
  return validate(json) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

describe.skipIf(skippedWithoutShared('the JSON Schema agrees with parse'))('the JSON Schema agrees with parse', () => {
  const cases = passingCases('argv')

  test('what is parsed without a finding, the schema accepts', () => {
    const refused = cases.flatMap(({ source, testCase }) => {
      const { definition, diagnostics } = parseDomain(source)
      if (definition === undefined || diagnostics.length > 0) return []
      return findings(toJson(domain, definition)).map((finding) => `${testCase.id}: ${finding}`)
    })
    expect(refused.slice(0, 20).join('\n')).toBe('')
  })

  test('what is completed, the schema accepts', () => {
    const refused = cases.flatMap(({ source, testCase, circumstances }) => {
      const { context } = complete(source, circumstances)
      if (context === undefined) return []
      return findings(toJson(domain, context.definition)).map((finding) => `${testCase.id}: ${finding}`)
    })
    expect(refused.slice(0, 20).join('\n')).toBe('')
  })

  test('an attribute that is no field is refused', () => {
    const { definition } = parseDomain(cases[0]!.source)
    expect(findings({ ...toJson(domain, definition!), wrong: true })).not.toEqual([])
  })
})
