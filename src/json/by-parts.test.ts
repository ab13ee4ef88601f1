import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { faultsByParts } from './by-parts.ts'
import { integer, list, optional, record, text } from './shape.ts'

const item = record('An item.', { id: integer('Its number.'), name: text('Its name.') })
const { schema } = record('A file.', { id: text('Its name.'), 'a/b~c': optional(list('Items.', item)) })
const whole = new Ajv({ strict: true, strictRequired: false, allErrors: true, verbose: true }).compile(schema)

test.each([
  { what: 'nothing wrong', value: { id: 'x', 'a/b~c': [{ id: 1, name: 'y' }] } },
  { what: 'no object', value: 3 },
  { what: 'a list', value: [{ id: 'x' }] },
  { what: 'wrong at every depth', value: { 'a/b~c': [{ id: -1, nam: 'y' }, 4], idd: 'x' } },
  { what: 'wrong in two parts', value: { id: 1, 'a/b~c': {} } },
])('parts of a file say what the whole schema says: $what', ({ value }) => {
  whole(value)
  const said = (faults: typeof whole.errors | ReturnType<ReturnType<typeof faultsByParts>>) =>
    (faults ?? []).map(({ keyword, instancePath, params, message }) => ({ keyword, instancePath, params, message }))
  expect(said(faultsByParts(schema)(value))).toEqual(said(whole.errors))
})
