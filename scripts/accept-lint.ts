import { mkdirSync, writeFileSync } from 'node:fs'
import { reportFile, reportFolders, reportOf } from '../tests/lint/shared-reports.ts'
import { shared } from '../tests/shared.ts'

/** Writes the goldens of reports; read what changes before it is committed. */
if (shared === undefined) throw new Error('neither DOMXML_SHARED nor ../shared is there')
for (const folder of reportFolders) {
  mkdirSync(new URL('.', reportFile(folder)), { recursive: true })
  writeFileSync(reportFile(folder), await reportOf(shared, folder))
}
