import { expect, test } from 'vitest'
import { Tag } from './tag.ts'

test('a tag stands at any depth, whichever comes first', () => {
  const tag = new Tag('a')
  for (const depth of [3, 0, 40, 31, 32, 1]) {
    for (const _ of ['first', 'again']) {
      expect(tag.start(depth)).toBe(`${' '.repeat(2 * depth)}<a`)
      expect(tag.end(depth)).toBe(`${' '.repeat(2 * depth)}</a>\n`)
    }
  }
  expect(tag.close).toBe('</a>\n')
})
