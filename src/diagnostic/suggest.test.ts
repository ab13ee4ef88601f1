import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { didYouMean } from './suggest.ts'

const NAMES = ['disk', 'interface', 'hostdev', 'on_crash', 'currentMemory', 'type', 'os']

describe('didYouMean', () => {
  test.each([
    ['dsik', 'disk'],
    ['disc', 'disk'],
    ['disks', 'disk'],
    ['interfcae', 'interface'],
    ['hotsdve', 'hostdev'],
    ['on-crash', 'on_crash'],
    ['currentmemory', 'currentMemory'],
    ['current_memroy', 'currentMemory'],
    ['tpye', 'type'],
    ['OS', 'os'],
  ])('%s is meant to be %s', (word, meant) => {
    expect(didYouMean(word, NAMES)).toBe(meant)
  })

  test.each(['video', 'oz', 'x', '', 'dosko', 'a'.repeat(1000)])('nothing is near %j', (word) => {
    expect(didYouMean(word, NAMES)).toBeUndefined()
  })

  test('the nearest wins, then the first; the word itself never', () => {
    expect(didYouMean('modem', ['models', 'model', 'moden'])).toBe('model')
    expect(didYouMean('backend', ['backends', 'backEnd'])).toBe('backEnd')
    expect(didYouMean('disk', ['disk'])).toBeUndefined()
  })

  test('one slip in a word of three letters or more is always found', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(), fc.constantFrom('', 'x', 'swap'), (name, at, slip) => {
        const place = at % (name.length - 1)
        const [a, b, rest] = [name[place]!, name[place + 1]!, name.slice(place + 2)]
        const word = name.slice(0, place) + (slip === 'swap' ? b + a : slip + b) + rest
        fc.pre(word !== name && word.length > 2)
        expect(didYouMean(word, [name])).toBe(name)
      }),
    )
  })
})
