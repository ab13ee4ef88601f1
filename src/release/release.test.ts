import { describe, expect, test } from 'vitest'
import { chooseRelease, evidence, newestRelease } from './choose.ts'
import { dated, holds } from './dated.ts'
import { Release } from './release.ts'

const at = (text: string) => Release.parse(text)!

describe('a release', () => {
  test('reads two or three numbers, and nothing else', () => {
    expect(String(at('11.3'))).toBe('11.3')
    expect(String(at('11.3.0'))).toBe('11.3')
    expect(String(at('11.3.1'))).toBe('11.3.1')
    for (const text of ['', '11', 'v11.3', '11.3.0.1', '11.x', '-1.2', ' 11.3'])
      expect(Release.parse(text)).toBeUndefined()
  })

  test('compares by number, not by text', () => {
    expect(at('11.10').isAtLeast(at('11.9'))).toBe(true)
    expect(at('11.9').isAtLeast(at('11.10'))).toBe(false)
    expect(at('12.0').isAtLeast(at('11.10'))).toBe(true)
    expect(at('11.3.1').isAtLeast(at('11.3'))).toBe(true)
  })
})

describe('a dated value', () => {
  const value = dated('first', ['11.3', 'second'], ['12.8', 'third'])

  test('is the one whose time has come', () => {
    expect(['10.1', '11.2', '11.3', '12.7', '12.8', '13.0'].map((name) => value.at(at(name)))).toEqual([
      'first',
      'first',
      'second',
      'second',
      'third',
      'third',
    ])
  })

  test('stands from old to new', () => {
    expect(() => dated(1, ['12.8', 2], ['11.3', 3])).toThrow('from old to new')
  })
})

test('a row holds from since on, and no longer at until', () => {
  const period = { since: '11.3', until: '12.8' } as const
  expect(['11.2', '11.3', '12.7.1', '12.8'].map((name) => holds(period, at(name)))).toEqual([false, true, true, false])
})

describe('choosing', () => {
  test.each(evidence)('%s is measured: nothing is said', (name) => {
    expect(chooseRelease(name)).toEqual({ release: at(name), diagnostics: [] })
  })

  test.each([
    ['nope', undefined, 'release/not-a-version', 'error'],
    ['10.0', undefined, 'release/too-old', 'error'],
    ['11.7', '11.7', 'release/between', 'info'],
    ['13.0', String(newestRelease), 'release/too-new', 'info'],
  ])('%s', (text, release, code, severity) => {
    const chosen = chooseRelease(text)
    expect(chosen.release?.toString()).toBe(release)
    expect(chosen.diagnostics).toMatchObject([{ code, severity }])
  })
})
