import { describe, expect, test } from 'vitest'
import { listedBy, silentLists } from '../../scripts/slices/silent.ts'
import type { CommandLine } from '../../src/argv/command-line.ts'
import { of, type Piece, rule } from '../../src/argv/piece.ts'
import { convert } from '../../src/convert.ts'
import { defaultRule, Origins } from '../../src/origin/origin.ts'
import { skippedWithoutShared } from '../shared.ts'
import { passingCases, tokenCases } from './corpus.ts'
import { Leaves } from './leaves.ts'
import { provenanceFaults } from './provenance.ts'

/** So many paths of the corpora are silent; it only shrinks. */
const mostSilent = 316

describe.skipIf(skippedWithoutShared('laws over the corpora'))('over the corpora', async () => {
  const lists = await silentLists()
  const rows = lists.flatMap((list) => list.rows.flatMap(({ paths }) => paths.map((pattern) => ({ list, pattern }))))
  const leaves = new Leaves()

  test('provenance is total, for every case that passes', { timeout: 120_000 }, () => {
    const faults = [...passingCases('argv'), ...tokenCases('argv')].flatMap(({ testCase, source, circumstances }) => {
      const conversion = convert(source, circumstances)
      const { argv, origins } = conversion
      if (argv === undefined) return [`${testCase.id}: no command line`]
      leaves.note(source, circumstances, conversion)
      return provenanceFaults(argv, origins).map((fault) => `${testCase.id}: ${fault}`)
    })
    expect(faults).toEqual([])
  })

  test('what an input says reaches the command line, or its slice lists it as silent', { timeout: 120_000 }, () => {
    const silent = leaves.silent(convert)
    expect(silent.length).toBeLessThanOrEqual(mostSilent)
    const unlisted = silent.filter((path) => !rows.some(({ list, pattern }) => listedBy(list, pattern, path)))
    expect(unlisted).toEqual([])
    const idle = rows.filter(({ list, pattern }) => !silent.some((path) => listedBy(list, pattern, path)))
    expect(idle.map(({ list, pattern }) => `${list.file}: ${pattern} is not silent, or in no input`)).toEqual([])
  })
})

describe('the law sees', () => {
  const owner = { size: 1 }
  const line = (...pieces: Piece[]): CommandLine => ({
    environment: [],
    binary: { kind: 'value', pieces: [{ text: '/bin/qemu', from: { kind: 'host', fact: 'emulators' } }] },
    args: [{ kind: 'option', pieces }],
  })

  test('a field of which no origin is known', () => {
    const piece = { text: '1', from: of(owner, 'size') }
    expect(provenanceFaults(line(piece), new Origins())).toEqual([
      "'1' is said to come from size, of which no origin is known in 1",
    ])
    const origins = new Origins()
    origins.wrote(owner, 'size', defaultRule('memory/size'))
    expect(provenanceFaults(line(piece), origins)).toEqual([])
  })

  test('a field that its owner has not', () => {
    const piece = { text: '1', from: { kind: 'field', owner, fields: ['width'] } } as const
    expect(provenanceFaults(line(piece), new Origins())[0]).toContain('width, which its owner has not')
  })

  test('a rule, a flag or a fact without a name', () => {
    const pieces: Piece[] = [
      { text: 'a', from: rule('') },
      { text: 'b', from: rule('a literal') },
      { text: 'c', from: { kind: 'capability', flag: '' } },
      { text: 'd', from: { kind: 'host', fact: '' } },
      { text: 'e', from: rule('machine/usb-off') },
    ]
    expect(provenanceFaults(line(...pieces), new Origins())).toHaveLength(4)
  })

  test('and never shows a secret', () => {
    const piece = { text: 'uuid', redacted: '***', from: rule('') }
    expect(provenanceFaults(line(piece), new Origins()).join()).not.toContain('uuid')
  })
})
