import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { eachFilledOf } from './filled.ts'

type Fields = { readonly [key: string]: unknown }

afterEach(() => vi.unstubAllGlobals())

const keys = ['disk', 'vf-token', "it's", 'constructor', 'a\nb']
const object: fc.Arbitrary<Fields> = fc.record(
  Object.fromEntries(keys.map((key) => [key, fc.option(fc.array(fc.nat()), { nil: undefined })])),
)

/** What is met, by a plain reading. */
function wanted(entries: readonly string[], fields: Fields): unknown[] {
  return entries.flatMap((key) => {
    const list = fields[key]
    return Array.isArray(list) && list.length > 0 ? [[key, list]] : []
  })
}

function checkAll(entries: readonly string[], made: readonly Fields[]): void {
  const each = eachFilledOf<string, unknown[]>(entries, (entry) => entry)
  for (const fields of made) {
    const met: unknown[] = []
    each.now(fields, (entry, list, to) => to.push([entry, list]), met)
    expect(met).toEqual(wanted(entries, fields))
  }
}

test('meets what is there, in order, early and late', () => {
  const compiled = vi.fn(Function)
  vi.stubGlobal('Function', compiled)
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...keys)), fc.array(object, { minLength: 40 }), (entries, objects) => {
      compiled.mockClear()
      checkAll(entries, objects)
      expect(compiled).toHaveBeenCalledTimes(1)
    }),
  )
})

test('so it does where code from texts is forbidden, which is tried once', () => {
  const refused = vi.fn(() => {
    throw new EvalError('unsafe-eval is not allowed')
  })
  vi.stubGlobal('Function', refused)
  checkAll(['disk', 'vf-token'], new Array<Fields>(100).fill({ disk: [1], 'vf-token': [] }))
  expect(refused).toHaveBeenCalledTimes(1)
})
