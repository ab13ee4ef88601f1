import { escapeXml } from '../xml/escape.ts'
import type { AttributeField, DerivedField } from './description.ts'

/** Whether no value has a character that XML writes in another way: numbers, and words of a list. */
export function isPlain(field: AttributeField<unknown> | DerivedField): boolean {
  if (field.kind !== 'attribute') return false
  const { type, enum: words } = field.scalar.schema
  return type === 'boolean' || type === 'integer' || (Array.isArray(words) && words.every(isPlainWord))
}

const isPlainWord = (word: unknown) => typeof word === 'string' && escapeXml(word) === word
