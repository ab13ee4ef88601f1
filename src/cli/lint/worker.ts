import { loadCompiled } from '../compiled.ts'
import { compiledFile } from '../compiled-file.ts'
import type { inspectChunk } from './inspect-chunk.ts'

/** The first thread keeps what it compiled of the same chunks, under the same command. */
const chunk = loadCompiled(import.meta.dirname, 'inspect-chunk.cjs', compiledFile(process.argv[2]), false)

export default (chunk as { inspectChunk: typeof inspectChunk }).inspectChunk
