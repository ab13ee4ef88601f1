import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { shared } from '../tests/shared.ts'

/** A file that a generator makes, relative to the checkout. */
export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

/** Runs a generator that reads the reference material; where that is not here it says so and changes nothing. */
export function runGenerator(name: string, make: (shared: string) => readonly GeneratedFile[]): void {
  if (shared === undefined) console.log(`SKIPPED ${name}: neither DOMXML_SHARED nor ../shared is there`)
  else writeGenerated(name, make(shared))
}

/**
 * Writes what a generator makes; with `--check` on the command line compares instead and exits 1 where a committed
 * file differs.
 */
export function writeGenerated(name: string, files: readonly GeneratedFile[]): void {
  const check = process.argv.includes('--check')
  for (const { path, text } of files) {
    const url = new URL(`../${path}`, import.meta.url)
    const fresh = existsSync(url) && readFileSync(url, 'utf8') === text
    if (fresh) continue
    if (check) {
      console.error(`${name}: ${path} is stale; run npm run ${name}`)
      process.exitCode = 1
    } else {
      mkdirSync(new URL('.', url), { recursive: true })
      writeFileSync(url, text)
      console.log(`${name}: wrote ${path}`)
    }
  }
}
