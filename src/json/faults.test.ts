import { Ajv, type ErrorObject } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { capabilityFileSchema } from '../capabilities/file.ts'
import { firmwareShape, vhostUserShape } from '../host/descriptors.ts'
import { hostFileSchema } from '../host/file.ts'
import { baselineSchema } from '../lint/baseline.ts'
import { configSchema } from '../lint/settings/config.ts'
import { type Fault, faultsOf } from './faults.ts'
import { integer, type JsonSchema, list, optional, record, text } from './shape.ts'

/** A vocabulary that `faultsOf` does not know is refused here, for `strict` alone would let it pass. */
const known = new Set(
  ['$schema', '$id', 'title', 'description', 'type', 'enum', 'minimum', 'maximum', 'pattern', 'items'].concat([
    'required',
    'properties',
    'additionalProperties',
    'propertyNames',
    'discriminator',
    'oneOf',
  ]),
)

const schemas: { readonly [name: string]: JsonSchema } = {
  host: hostFileSchema,
  capabilities: capabilityFileSchema,
  configuration: configSchema,
  baseline: baselineSchema,
  firmware: firmwareShape.schema,
  'vhost-user': vhostUserShape.schema,
}

const keyed = (it: unknown) => (it ?? {}) as { readonly [key: string]: JsonSchema }

/** Values that a schema takes, in which anything may be wrong. */
function near(schema: JsonSchema): fc.Arbitrary<unknown> {
  for (const key of Object.keys(schema)) if (!known.has(key)) throw new Error(`faultsOf does not know ${key}`)
  const anything = fc.constantFrom<unknown>(null, true, -1, 1.5, 2 ** 60, 'x', '', [], [1], {}, { toString: 1 })
  return fc.oneof({ weight: 8, arbitrary: right(schema) }, { weight: 1, arbitrary: anything })
}

function right(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, items, properties, additionalProperties: rest, oneOf } = schema
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as readonly unknown[]))
  if (oneOf !== undefined) return fc.oneof(...(oneOf as readonly JsonSchema[]).map(near))
  if (type === 'array')
    return fc.array(items === undefined ? fc.integer() : near(items as JsonSchema), { maxLength: 3 })
  if (type === 'integer') return fc.integer({ min: 0, max: 300 })
  if (type === 'boolean') return fc.boolean()
  if (type !== 'object') return fc.constantFrom('a', '0000:03:00.0', '52:54:00:00:00:01', 'off')
  const named = Object.entries(keyed(properties)).map(([key, it]) => [key, near(it)] as const)
  const unnamed = ['x/y~', typeof rest === 'object' ? near(rest as JsonSchema) : fc.constant(1)] as const
  const some = (fields: typeof named) => fc.record(Object.fromEntries(fields), { requiredKeys: [] })
  return fc.oneof({ weight: 4, arbitrary: some(named) }, { weight: 1, arbitrary: some([...named, unnamed]) })
}

/** A fault in Ajv's words. */
function asAjv(fault: Fault): object {
  const { keyword, pointer: instancePath } = fault
  switch (fault.keyword) {
    case 'type':
      return { keyword, instancePath, said: fault.type }
    case 'enum':
      return { keyword, instancePath, said: fault.allowed }
    case 'minimum':
    case 'maximum':
      return { keyword, instancePath, said: fault.limit }
    case 'pattern':
      return { keyword, instancePath, said: fault.pattern }
    case 'required':
    case 'additionalProperties':
      return { keyword, instancePath, said: fault.key }
    case 'discriminator':
      return { keyword, instancePath, said: fault.tag }
    case 'propertyNames':
      return { keyword, instancePath, said: undefined }
  }
}

const ofAjv = ({ keyword, instancePath, params: it }: ErrorObject) => ({
  keyword,
  instancePath,
  said: it.type ?? it.allowedValues ?? it.limit ?? it.pattern ?? it.missingProperty ?? it.additionalProperty ?? it.tag,
})

const options = { strict: true, strictRequired: false, discriminator: true, allErrors: true, verbose: true } as const

function sameAsAjv(schema: JsonSchema): (value: unknown) => void {
  const { $schema: _, ...rest } = schema
  const whole = new Ajv(options).compile(rest)
  return (value) => {
    whole(value)
    expect(faultsOf(schema, value).map(asAjv)).toEqual((whole.errors ?? []).map(ofAjv))
  }
}

test.each(Object.entries(schemas))('%s: anything wrong is told as Ajv tells it, in its order', (_, schema) => {
  fc.assert(fc.property(near(schema), sameAsAjv(schema)), { numRuns: 300, seed: 15 })
})

const item = record('An item.', { id: integer('Its number.'), name: text('Its name.') })
const { schema } = record('A file.', { id: text('Its name.'), 'a/b~c': optional(list('Items.', item)) })

test.each([
  { what: 'nothing wrong', value: { id: 'x', 'a/b~c': [{ id: 1, name: 'y' }] } },
  { what: 'no object', value: 3 },
  { what: 'a list', value: [{ id: 'x' }] },
  { what: 'wrong at every depth', value: { 'a/b~c': [{ id: -1, nam: 'y' }, 4], idd: 'x' } },
  { what: 'wrong in two parts', value: { id: 1, 'a/b~c': {} } },
])('a file as Ajv reads it: $what', ({ value }) => {
  sameAsAjv(schema)(value)
})
