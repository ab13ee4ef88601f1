import type { CompiledShape, Form } from './description.ts'
import type { Tag } from './tag.ts'

type Fields = { readonly [key: string]: unknown }

/** An element under a tag. @param depth how many elements are around it */
export function printElement(shape: CompiledShape, tag: Tag, fields: Fields, form: Form, depth: number): string {
  const { choice } = shape
  const chosen = choice === undefined ? shape : (choice.variant.now(fields) ?? shape)
  return chosen.print.now(fields, tag, form, depth)
}
