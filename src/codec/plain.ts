import { escapeXml } from '../xml/escape.ts'
import type { Scalar } from './scalar.ts'

/** Whether no value has a character that XML writes in another way: numbers, and words of a list. */
export const isPlain = (scalar: Scalar<unknown>): boolean => scalar.schema.type === 'integer' || hasFewWords(scalar)

/** Whether its values are a few plain words, so that what is made of each can be kept. */
export function hasFewWords({ schema }: Scalar<unknown>): boolean {
  const { type, enum: words } = schema
  return type === 'boolean' || (Array.isArray(words) && words.every(isPlainWord))
}

const isPlainWord = (word: unknown) => typeof word === 'string' && escapeXml(word) === word
