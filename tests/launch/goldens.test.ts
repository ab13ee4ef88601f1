import { expect, test } from 'vitest'
import { goldenOf, planCases, planText, readGolden } from './plan-goldens.ts'

/** What each slice says of a start, word by word (npm run accept-plans writes them; read them before you commit). */
test.each(planCases)('%s as %s', async (name, who) => {
  expect(await planText(name, who)).toBe(readGolden(goldenOf(name, who)))
})
