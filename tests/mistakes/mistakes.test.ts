import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shared, skippedWithoutShared } from '../shared.ts'
import { answer, check, mended, type Told } from './answer.ts'

const folder = shared && join(shared, 'cases', 'mistakes')
const files = folder ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : []
/** What is said of each mistake, where, and the mended line where the mend is unique. */
const manifest: { readonly [file: string]: readonly Told[] } = JSON.parse(
  readFileSync(new URL('manifest.json', import.meta.url), 'utf8'),
)
const textOf = (name: string) => readFileSync(join(folder ?? '', name), 'utf8')
const known = files.filter((name) => manifest[name] !== undefined)

describe.skipIf(skippedWithoutShared('deliberate mistakes') || known.length === 0)('mistakes', () => {
  test.each(known)('%s is found once, there', async (name) => {
    expect(await answer(textOf(name))).toEqual(manifest[name])
    expect(manifest[name]).toHaveLength(1)
  })

  test.each(known.filter((name) => manifest[name]?.[0]?.[4] !== undefined))('%s: the mend passes', async (name) => {
    const [found] = await check(textOf(name))
    expect(await answer(mended(textOf(name), found!)!)).toEqual([])
  })

  test.each(known.filter((name) => manifest[name]?.[0]?.[4] === undefined))(
    '%s: the text says what to do',
    async (name) => {
      const [found] = await check(textOf(name))
      expect(found?.hint).toBeTruthy()
    },
  )
})
