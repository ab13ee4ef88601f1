import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { Thread } from './thread.ts'

const job = (name: string) => ({ name, circumstance: {}, fleet: false })

/** A thread that answers with the names of its files; some names do what files may do to a thread. */
function thread(): Thread {
  const folder = mkdtempSync(join(tmpdir(), 'domxml-thread-'))
  const file = join(folder, 'worker.cjs')
  writeFileSync(
    file,
    `const { parentPort, threadId } = require('node:worker_threads')
     parentPort.on('message', (jobs) => {
       const names = jobs.map((it) => it.name)
       if (names.includes('endless')) for (;;);
       if (names.includes('broken')) throw new Error('broke')
       if (names.includes('gone')) process.exit(7)
       if (names.includes('large')) for (const all = []; ; ) all.push(new Array(1e6).fill(all.length))
       parentPort.postMessage(names.map((name) => ({ name, threadId })))
     })`,
  )
  const made = new Thread(pathToFileURL(file))
  onTestFinished(async () => {
    await made.end()
    rmSync(folder, { recursive: true })
  })
  return made
}

test('chunks are answered in their order', async () => {
  const it = thread()
  const answers = [it.inspect([job('a'), job('b')], 10), it.inspect([job('c')], 10)]
  expect(it.load).toBe(2)
  expect(await Promise.all(answers)).toMatchObject([[{ name: 'a' }, { name: 'b' }], [{ name: 'c' }]])
  expect(it.load).toBe(0)
})

test.each([
  ['endless', { why: 'time' }],
  ['broken', { message: 'broke' }],
  ['gone', { message: 'a thread ended with 7' }],
])('%s: the chunk fails, the one behind it does not', async (name, error) => {
  const it = thread()
  const failing = it.inspect([job(name)], 1)
  const behind = it.inspect([job('a')], 20)
  await expect(failing).rejects.toMatchObject(error)
  expect(await behind).toMatchObject([{ name: 'a' }])
})

test('a chunk that takes all memory fails by that', { timeout: 60_000 }, async () => {
  const it = thread()
  await expect(it.inspect([job('large')], 50)).rejects.toMatchObject({ why: 'memory' })
  expect(await it.inspect([job('a')], 20)).toMatchObject([{ name: 'a' }])
})

test('a thread that only started ends', async () => {
  const it = thread()
  it.start()
  await it.end()
  expect(it.load).toBe(0)
})
