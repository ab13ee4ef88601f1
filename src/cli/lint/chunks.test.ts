import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { chunksOf, isHeavy, isQuick } from './chunks.ts'

const kib = 1024

/** Chunks of files of so many bytes, as the numbers of their files. */
function chunked(sizes: readonly number[]) {
  const folder = mkdtempSync(join(tmpdir(), 'domxml-chunks-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const jobs = sizes.map((size, number) => {
    const name = join(folder, `${number}`)
    writeFileSync(name, Buffer.alloc(size))
    return { name, circumstance: {}, fleet: false }
  })
  const chunks = chunksOf(jobs)
  expect(chunks.flatMap((chunk) => chunk.jobs)).toEqual(jobs)
  return chunks.map((chunk) => ({ files: chunk.jobs.length, quick: isQuick(chunk), heavy: isHeavy(chunk) }))
}

test('small files go by sixteens', () => {
  const quick = { quick: true, heavy: false }
  expect(chunked(Array(35).fill(kib))).toEqual([
    { files: 16, ...quick },
    { files: 16, ...quick },
    { files: 3, ...quick },
  ])
  expect(chunked([])).toEqual([])
})

test('a heavy file is alone, and those of a chunk are together no more than it', () => {
  expect(chunked([kib, 2048 * kib, kib, 600 * kib, 500 * kib])).toEqual([
    { files: 1, quick: true, heavy: false },
    { files: 1, quick: false, heavy: true },
    { files: 2, quick: false, heavy: false },
    { files: 1, quick: false, heavy: false },
  ])
})

test('a file that is not there is told by who reads it', () => {
  expect(chunksOf([{ name: '/nowhere/a.xml', circumstance: {}, fleet: false }])).toMatchObject([{ largest: 0 }])
})
