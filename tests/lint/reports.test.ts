import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { shared, skippedWithoutShared } from '../shared.ts'
import { reportFile, reportFolders, reportOf } from './shared-reports.ts'

const skipped = skippedWithoutShared('reports of the shared cases')

test.skipIf(skipped).each(reportFolders)('the report of %s is the golden (npm run accept-lint)', async (folder) => {
  const golden = reportFile(folder)
  expect(existsSync(golden)).toBe(true)
  expect(await reportOf(shared!, folder)).toBe(readFileSync(golden, 'utf8'))
})
