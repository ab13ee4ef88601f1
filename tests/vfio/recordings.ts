import { readdirSync, readFileSync } from 'node:fs'
import type { Beginning, RecordedOperation } from './operation.ts'

const folder = new URL('kernels/', import.meta.url)

/** The files of what kernels answered. */
export const recordings = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))

export function readRecording(name: string): [Beginning, RecordedOperation[]] {
  const lines = readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n')
  const [beginning, ...operations] = lines.map((line): unknown => JSON.parse(line))
  return [beginning as Beginning, operations as RecordedOperation[]]
}
