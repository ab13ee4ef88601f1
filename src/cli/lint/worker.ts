import { parentPort } from 'node:worker_threads'
import { loadCompiled } from '../compiled.ts'
import { compiledFile } from '../compiled-file.ts'
import type { inspectFiles, Job } from './task.ts'

/** The first thread keeps what it compiled of the same chunks, under the same command. */
const task = loadCompiled(import.meta.dirname, 'inspect-chunk.cjs', compiledFile(process.argv[2]), false)
const { inspectChunk } = task as { readonly inspectChunk: typeof inspectFiles }

/** One chunk after the other; one that throws ends the thread, which its owner hears of. */
let before: Promise<unknown> = Promise.resolve()
parentPort?.on('message', (jobs: readonly Job[]) => {
  before = before.then(async () => parentPort?.postMessage(await inspectChunk(jobs)))
})
