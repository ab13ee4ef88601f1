import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { shared } from '../tests/shared.ts'

/** A file that a generator makes, relative to the checkout. */
export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

/**
 * Writes what a generator makes; with `--check` on the command line compares instead and exits 1 where a committed
 * file differs. A generator whose source is not here says so and changes nothing.
 */
export function runGenerator(name: string, make: (shared: string) => readonly GeneratedFile[]): void {
  if (shared === undefined) {
    console.log(`SKIPPED ${name}: neither DOMXML_SHARED nor ../shared is there`)
    return
  }
  const check = process.argv.includes('--check')
  for (const { path, text } of make(shared)) {
    const url = new URL(`../${path}`, import.meta.url)
    const fresh = existsSync(url) && readFileSync(url, 'utf8') === text
    if (fresh) continue
    if (check) {
      console.error(`${name}: ${path} is stale; run npm run ${name}`)
      process.exitCode = 1
    } else {
      writeFileSync(url, text)
      console.log(`${name}: wrote ${path}`)
    }
  }
}
