import { closeSync, openSync } from 'node:fs'
import { own } from '../own.ts'
import { DEFAULT_LIMITS } from '../xml/limits.ts'
import { readUpTo } from './read-up-to.ts'
import { UsageError } from './status.ts'

export interface Input {
  /** As shown in messages; `<stdin>` for standard input. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** One byte more than a document may have: the reader of XML says that it is too large. */
const MOST = DEFAULT_LIMITS.input + 1

/** Reads a file, or standard input where the name is `-`; no more than a document may have. */
export async function readInput(name: string): Promise<Input> {
  if (name === '-') return { name: '<stdin>', bytes: await standardInput() }
  try {
    const file = openSync(name, 'r')
    try {
      return { name, bytes: readUpTo(file, 64 * 1024, MOST) }
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw new UsageError(`${name}: ${reason(error)}`)
  }
}

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer)
    length += (chunk as Buffer).length
    if (length >= MOST) break
  }
  return Buffer.concat(chunks).subarray(0, MOST)
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EISDIR: 'it is a folder',
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return own(reasons, code) ?? (error instanceof Error ? error.message : String(error))
}
