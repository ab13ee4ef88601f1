import type { JsonSchema } from './shape.ts'
import { pointerTo } from './text.ts'

/** How a NUL may be spelt in a text: as itself, in JSON, in YAML. Most texts hold none of these, and need no look at each value. */
const spelling = /\0|\\u0000|\\U00000000|\\x00|\\0/

/** A string that holds a NUL, which no name and no path can; an object with such a key. */
export interface Nul {
  readonly keyword: 'nul'
  /** A JSON pointer to it. */
  readonly pointer: string
  readonly schema: JsonSchema
}

/** @param text that the value was read from */
export function nulsIn(value: unknown, text: string): Nul[] {
  const found: string[] = []
  if (spelling.test(text)) look(value, '', found)
  return found.map((pointer) => ({ keyword: 'nul', pointer, schema: {} }))
}

function look(value: unknown, pointer: string, found: string[]): void {
  if (typeof value === 'string' && value.includes('\0')) found.push(pointer)
  if (typeof value !== 'object' || value === null) return
  if (Object.keys(value).some((key) => key.includes('\0'))) found.push(pointer)
  for (const [key, item] of Object.entries(value)) look(item, pointerTo(pointer, key), found)
}
