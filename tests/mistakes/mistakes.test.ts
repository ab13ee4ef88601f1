import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shared, skippedWithoutShared } from '../shared.ts'
import { answer, type Told } from './answer.ts'

const folder = shared && join(shared, 'cases', 'mistakes')
const files = folder ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : []
/** What is said of each mistake, and where; an empty list is a mistake that is not found yet. */
const manifest: { readonly [file: string]: readonly Told[] } = JSON.parse(
  readFileSync(new URL('manifest.json', import.meta.url), 'utf8'),
)

describe.skipIf(skippedWithoutShared('deliberate mistakes') || files.length === 0)('mistakes', () => {
  test.each(files)('%s', async (name) => {
    const known = manifest[name]
    if (known === undefined) return
    expect(await answer(readFileSync(join(folder ?? '', name), 'utf8'))).toEqual(known)
  })
})
