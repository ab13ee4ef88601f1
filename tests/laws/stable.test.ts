import { describe, expect, test } from 'vitest'
import { convert } from '../../src/convert.ts'
import { hasErrors } from '../../src/diagnostic/diagnostic.ts'
import { genericHost } from '../../src/host/generic.ts'
import { formatDomain } from '../../src/pipeline/format.ts'
import { parseDomain } from '../../src/pipeline/parse.ts'
import { skippedWithoutShared } from '../shared.ts'
import { passingCases } from './corpus.ts'

describe.skipIf(skippedWithoutShared('laws over the corpus'))('for every case of the corpus that passes', () => {
  const cases = passingCases()

  test('a definition completed on a generic host is complete: once more changes nothing', { timeout: 120_000 }, () => {
    const changed = cases.flatMap(({ testCase, source, circumstances }) => {
      const options = { ...circumstances, host: genericHost(testCase.arch) }
      const once = convert(source, options).xml
      if (once === undefined) return []
      return convert(once, options).xml === once ? [] : [testCase.id]
    })
    expect(changed).toEqual([])
  })

  test('what is printed as it is, is printed so again', { timeout: 120_000 }, () => {
    const printed = (source: string) => {
      const { definition, diagnostics, release } = parseDomain(source)
      return definition === undefined || hasErrors(diagnostics) ? undefined : formatDomain(definition, release)
    }
    const changed = cases.flatMap(({ testCase, source }) => {
      const once = printed(source)
      return once === undefined || printed(once) === once ? [] : [testCase.id]
    })
    expect(changed).toEqual([])
  })
})
