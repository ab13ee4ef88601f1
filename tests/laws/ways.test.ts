import { describe, expect, test } from 'vitest'
import { toJson } from '../../src/argv/print.ts'
import type { Conversion } from '../../src/conversion.ts'
import { convert, convertEach } from '../../src/convert.ts'
import { skippedWithoutShared } from '../shared.ts'
import { passingCases } from './corpus.ts'

const told = ({ xml, argv, diagnostics }: Conversion) => ({ xml, argv: argv && toJson(argv), diagnostics })

describe.skipIf(skippedWithoutShared('laws over the ways of a conversion'))(
  'for every case of the corpus that passes',
  () => {
    const cases = passingCases()

    test('converted beside others, it is what it is alone: stages share nothing', { timeout: 120_000 }, () => {
      const inputs = cases.map(({ source, circumstances }) => ({ source, options: circumstances }))
      const beside = convertEach(inputs)
      const changed = inputs.flatMap(({ source, options }, index) => {
        const conversion = told(beside.next().value!)
        return JSON.stringify(conversion) === JSON.stringify(told(convert(source, options)))
          ? []
          : [cases[index]!.testCase.id]
      })
      expect(changed).toEqual([])
      expect(beside.next().done).toBe(true)
    })

    test('where only findings are wanted, none is missing', { timeout: 120_000 }, () => {
      const changed = cases.flatMap(({ testCase, source, circumstances }) => {
        const few = convert(source, { ...circumstances, purpose: 'check', findingsOnly: true })
        const all = convert(source, { ...circumstances, purpose: 'check' })
        return JSON.stringify(few.diagnostics) === JSON.stringify(all.diagnostics) ? [] : [testCase.id]
      })
      expect(changed).toEqual([])
    })
  },
)
