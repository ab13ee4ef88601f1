/** What a worker does with a chunk of files. */
export { inspectFiles as inspectChunk } from './task.ts'
