import { describe, expect, test } from 'vitest'
import type { CommandLine } from '../../src/argv/command-line.ts'
import { of, type Piece, rule } from '../../src/argv/piece.ts'
import { convert } from '../../src/convert.ts'
import { defaultRule, Origins } from '../../src/origin/origin.ts'
import { skippedWithoutShared } from '../shared.ts'
import { passingCases } from './corpus.ts'
import { provenanceFaults } from './provenance.ts'

describe.skipIf(skippedWithoutShared('provenance over the corpus'))('provenance is total', () => {
  test('for every case of the corpus that passes', { timeout: 120_000 }, () => {
    const faults = passingCases('argv').flatMap(({ testCase, source, circumstances }) => {
      const { argv, origins } = convert(source, circumstances)
      if (argv === undefined) return [`${testCase.id}: no command line`]
      return provenanceFaults(argv, origins).map((fault) => `${testCase.id}: ${fault}`)
    })
    expect(faults).toEqual([])
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
