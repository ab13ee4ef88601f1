import { readFile } from 'node:fs/promises'
import { UsageError } from './status.ts'

export interface Input {
  /** As shown in messages; `<stdin>` for standard input. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Reads a file, or standard input where the name is `-`. */
export async function readInput(name: string): Promise<Input> {
  if (name === '-') {
    const chunks: Buffer[] = []
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
    return { name: '<stdin>', bytes: Buffer.concat(chunks) }
  }
  try {
    return { name, bytes: await readFile(name) }
  } catch (error) {
    throw new UsageError(`${name}: ${reason(error)}`)
  }
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EISDIR: 'it is a folder',
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error instanceof Error ? error.message : String(error))
}
