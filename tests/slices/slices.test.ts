import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { undocumentedFields } from '../../scripts/slices/fields.ts'
import { gateProblems, namesSomething } from '../../scripts/slices/gate-paths.ts'
import { ruleProblems, rulesNamedIn } from '../../scripts/slices/rule-names.ts'
import { listedBy, rowsAbout } from '../../scripts/slices/silent.ts'
import { stepsOf, stepsPage } from '../../scripts/slices/steps.ts'
import { choice, element } from '../../src/codec/element.ts'
import { child, flag, optional, required, textChild } from '../../src/codec/field.ts'
import { oneOf, text } from '../../src/codec/scalar.ts'

const inner = element('inner', 'Inside.', {
  attributes: { told: optional(text, { doc: 'Said.' }), bare: optional(text) },
})
const outer = element('outer', 'Outside.', {
  attributes: { kind: required(oneOf('a', 'b'), { doc: 'Which.' }) },
  children: {
    by: choice('kind', {
      a: { children: { silent: flag() } },
      b: { attributes: { size: optional(text, { doc: 'Size.' }) } },
    }),
    inner: child(inner),
    other: child(inner, { name: 'second' }),
    note: textChild(text, { doc: 'A note.' }),
  },
})

test('a field that no doc describes is told, once, also where a variant has it', () => {
  expect(undocumentedFields(outer)).toEqual(['outer/silent', 'outer/inner/@bare'])
})

describe('the path of a gate', () => {
  test.each(['.', '@kind', '@size', 'inner', 'second/@told', 'silent', 'note'])('%s names something', (path) => {
    expect(namesSomething(outer, path)).toBe(true)
  })
  test.each(['kind', '@inner', 'inner/told', 'inner@told', 'other', 'inner/@missing', 'note/@a', ''])(
    '%s does not',
    (path) => {
      expect(namesSomething(outer, path)).toBe(false)
    },
  )
})

test('the page of steps has every row of a slice, with its stage and its releases', () => {
  const apply = () => {}
  const steps = stepsOf({
    thing: {
      basic: [{ name: 'thing/size', doc: 'A size.', apply }],
      checks: [{ name: 'thing/odd', doc: 'None.', since: '11.3', apply }],
    },
  })
  const page = stepsPage(steps)
  expect(page).toContain('| `thing/size` | first | A size. |  |')
  expect(page).toContain('| `thing/odd` | check | None. | since 11.3 |')
})

test('the page in the docs has the checks across slices too', () => {
  const page = readFileSync(new URL('../../docs/elements/steps.md', import.meta.url), 'utf8')
  for (const name of ['os/machine', 'vf-token/one-per-pf', 'disk/duplicate']) expect(page).toContain(`\`${name}\``)
})

describe('what is listed as silent', () => {
  const row = { why: 'Of no use.', evidence: 'formatdomain, Hubs' }
  const hub = { file: 'src/devices/hub/silent.ts', rows: [{ ...row, paths: ['.', '*/label', 'port/.'] }] }
  const cputune = { file: 'src/sections/cputune/silent.ts', rows: [{ ...row, paths: ['cputune/shares', 'other'] }] }
  const shared = { file: 'src/fragments/silent.ts', rows: [{ ...row, paths: ['@unit'] }] }

  test.each([
    [hub, '.', '/domain/devices/hub', true],
    [hub, '.', '/domain/devices/hub/@type', false],
    [hub, '*/label', '/domain/devices/hub/a/label/@name', true],
    [hub, '*/label', '/domain/devices/disk/label', false],
    [hub, 'port/.', '/domain/devices/hub/port', true],
    [hub, 'port/.', '/domain/devices/hub/port/@number', false],
    [cputune, 'cputune/shares', '/domain/cputune/shares', true],
    [cputune, 'cputune/shares', '/domain/cputune/shares2', false],
    [shared, '@unit', '/domain/devices/memory/target/size/@unit', true],
    [shared, '@unit', '/domain/memory', false],
  ])('%o %s: %s', (list, pattern, path, expected) => {
    expect(listedBy(list, pattern, path)).toBe(expected)
  })

  test('stands on the page of its element', () => {
    expect(rowsAbout([hub, cputune], 'hub', 'device')).toEqual(hub.rows)
    expect(rowsAbout([hub, cputune], 'cputune', 'section')).toEqual([{ ...row, paths: ['shares'] }])
    expect(rowsAbout([hub, cputune], 'memtune', 'section')).toEqual([])
  })
})

test('a gate whose path names nothing is told', () => {
  const gate = { code: 'outer/none', needs: 'lsi', what: 'x', hint: 'y', when: () => undefined }
  const gates = [
    { ...gate, path: 'inner/@told' },
    { ...gate, path: 'inner/@gone' },
  ]
  expect(gateProblems('outer', outer, { gates })).toEqual([
    'outer: the gate outer/none is of inner/@gone, which is not there',
  ])
  expect(gateProblems('outer', outer, {})).toEqual([])
})

describe('a rule that --explain names', () => {
  test('is found in the sources', () => {
    const text = "set(defaultRule('a/b'), rule(\n  'c/d'), implicitRule(name), { rule: 'e/f' }, { rule: 'one' }, 'x/y')"
    expect(rulesNamedIn('src/devices/a.ts', text)).toEqual(['a/b', 'c/d', 'e/f'])
    expect(rulesNamedIn('src/address/a.ts', "put('pci/given', 'address/pci-full', 'why')")).toEqual(['pci/given'])
  })

  test('is refused where it is on no page, as is a line about none', () => {
    const uses = new Map([['src/a.ts', ['a/step', 'a/printed', 'a/lost']]])
    const problems = ruleProblems(uses, new Set(['a/step', 'a/both']), {
      'a/printed': 'P.',
      'a/gone': 'G.',
      'a/both': 'B.',
    })
    expect(problems).toEqual([
      'src/a.ts: the rule a/lost is on no page (scripts/slices/printed-rules.ts)',
      'the page has the rule a/gone, which nothing names',
      'the page has the rule a/both, which nothing names',
      'the rule a/both is a step: it has a line already',
    ])
  })
})
