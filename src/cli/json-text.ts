import { unsteeredJson } from '../diagnostic/printable.ts'

/** A value as JSON on lines of its own; what its texts hold steers no terminal. */
export function jsonText(value: unknown): string {
  return `${unsteeredJson(JSON.stringify(value, null, 2))}\n`
}
