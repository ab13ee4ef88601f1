import type { CompiledShape, Form } from './description.ts'
import type { Tag } from './tag.ts'
import { variantOf } from './variant.ts'

type Fields = { readonly [key: string]: unknown }

/** An element under a tag. @param depth how many elements are around it */
export function printElement(shape: CompiledShape, tag: Tag, fields: Fields, form: Form, depth: number): string {
  return (variantOf(shape, fields) ?? shape).print.now(fields, tag, form, depth)
}
