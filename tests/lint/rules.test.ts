import { describe, expect, test } from 'vitest'
import { acceptedPlaces, examples, findings, placesOf } from './examples.ts'

describe('the example of a page', () => {
  test.each(examples)('%s', async (code, example) => {
    const failing = await findings(example, example.fails)
    expect(failing.map((it) => it.code)).toContain(code)
    const mended = await findings(example, example.mended)
    // The mend has no error of its own, and nothing of this rule.
    expect(mended.filter((it) => it.code === code || it.level === 'error')).toEqual([])
  })
})

test('no code has an example twice', () => expect(new Set(examples.map(([code]) => code)).size).toBe(examples.length))

const places = acceptedPlaces()

describe('where a finding stands, and when it comes (npm run accept-places)', () => {
  test.each(examples.filter(([code]) => places.has(code)))('%s', async (code, example) => {
    expect(await placesOf(code, example)).toBe(places.get(code))
  })
})

test('the places of nearly all rules are pinned', () => expect(places.size).toBeGreaterThan(400))
