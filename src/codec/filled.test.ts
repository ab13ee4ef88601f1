import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { eachFilledOf, type Sought } from './filled.ts'

type Fields = { readonly [key: string]: unknown }

afterEach(() => vi.unstubAllGlobals())

const fieldKeys = ['name', "it's", 'constructor', 'a\nb']
const listKeys = ['disk', 'vf-token']
const sought: fc.Arbitrary<Sought> = fc.oneof(
  fc.record({ kind: fc.constant('field' as const), key: fc.constantFrom(...fieldKeys) }),
  fc.record({ kind: fc.constant('list' as const), key: fc.constantFrom(...listKeys) }),
  fc.constant({ kind: 'whole' as const }),
)
const values = (keys: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, fc.option(value, { nil: undefined })])))
const object: fc.Arbitrary<Fields> = fc
  .tuple(values(fieldKeys, fc.constantFrom<unknown>('', 'x', 0, false)), values(listKeys, fc.array(fc.nat())))
  .map(([fields, lists]) => ({ ...fields, ...lists }))

/** What is met, by a plain reading of what an entry looks for. */
function wanted(entries: readonly Sought[], fields: Fields): unknown[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'whole') return [[entry, fields]]
    const value = fields[entry.key]
    const isThere = entry.kind === 'list' ? Array.isArray(value) && value.length > 0 : value !== undefined
    return isThere ? [[entry, value]] : []
  })
}

function checkAll(entries: readonly Sought[], made: readonly Fields[]): void {
  const each = eachFilledOf<Sought, unknown[]>(entries, (entry) => entry)
  for (const fields of made) {
    const met: unknown[] = []
    each.now(fields, (entry, value, to) => to.push([entry, value]), met)
    expect(met).toEqual(wanted(entries, fields))
  }
}

test('meets what is there, in order, early and late', () => {
  const compiled = vi.fn(Function)
  vi.stubGlobal('Function', compiled)
  fc.assert(
    fc.property(fc.array(sought), fc.array(object, { minLength: 40 }), (entries, objects) => {
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
  const entries: Sought[] = [{ kind: 'field', key: 'name' }, { kind: 'list', key: 'vf-token' }, { kind: 'whole' }]
  checkAll(entries, new Array<Fields>(100).fill({ name: 'x', 'vf-token': [] }))
  expect(refused).toHaveBeenCalledTimes(1)
})

test('a field that is false or empty has a value, a list without items has none', () => {
  const entries: Sought[] = [
    { kind: 'field', key: 'off' },
    { kind: 'field', key: 'none' },
    { kind: 'list', key: 'disk' },
  ]
  checkAll(entries, new Array<Fields>(40).fill({ off: false, none: '', disk: [] }))
})
