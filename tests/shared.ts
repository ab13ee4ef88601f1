import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const beside = fileURLToPath(new URL('../../shared', import.meta.url))

/** The folder with the recordings and goldens that are not part of the repository; undefined where it is absent. */
export const shared: string | undefined = [process.env.DOMXML_SHARED, beside].find(
  (folder) => folder !== undefined && existsSync(`${folder}/corpus`),
)

/** Says why tests are skipped, once a test file. */
export function skippedWithoutShared(what: string): boolean {
  if (shared !== undefined) return false
  console.warn(`SKIPPED ${what}: neither DOMXML_SHARED nor ../shared is there`)
  return true
}
