import { expect, test } from 'vitest'
import { kinds } from '../../src/devices/registry.ts'
import { deviceRules, rules } from '../../src/rules/registry.ts'
import { sections } from '../../src/sections/registry.ts'

interface Row {
  readonly name?: string
  readonly code?: string
  readonly doc?: string
  readonly what?: string
  readonly hint?: string
  readonly path?: string
}

const units: readonly (readonly [string, object])[] = [
  ...Object.entries({ ...sections, ...kinds }),
  ['rules', { rules, deviceRules }],
]
const rows: readonly (readonly [string, Row])[] = units.flatMap(([unit, parts]) =>
  Object.values(parts).flatMap((part: unknown) =>
    Array.isArray(part) ? part.map((row: Row, index) => [`${unit} ${index}`, row] as const) : [],
  ),
)

test('every row of every unit says what it is', () => {
  const faults = rows.filter(([, { name, code, doc, what, hint, path }]) => {
    const named = /^[a-z0-9-]+(\/[a-z0-9-]+)+$/i.test(name ?? code ?? '')
    const isGate = code !== undefined
    return !named || (isGate ? !what || !hint?.endsWith('.') || !path : !doc?.endsWith('.'))
  })
  expect(faults).toEqual([])
  expect(rows.length).toBeGreaterThan(200)
})

test('no slice has two rows of one name and one time', () => {
  const keys = rows.flatMap(([unit, row]) =>
    row.name === undefined ? [] : [`${unit.split(' ')[0]} ${JSON.stringify(row)}`],
  )
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})
