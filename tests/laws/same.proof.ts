import { describe, expect, test } from 'vitest'
import { printShell } from '../../src/argv/print.ts'
import { convert } from '../../src/convert.ts'
import { skippedWithoutShared } from '../shared.ts'
import { passingCases } from './corpus.ts'

describe.skipIf(skippedWithoutShared('the same bytes again'))('for every case of the corpus that passes', () => {
  const cases = passingCases()

  test('the same input gives the same bytes again', () => {
    const changed = cases.flatMap(({ testCase, source, circumstances }) => {
      const print = () => {
        const { xml, argv, diagnostics } = convert(source, circumstances)
        return JSON.stringify([xml, argv && printShell(argv), diagnostics])
      }
      const first = print()
      return print() === first ? [] : [testCase.id]
    })
    expect(changed).toEqual([])
  })
})
