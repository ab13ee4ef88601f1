import type { CompiledShape, Form } from './description.ts'
import type { Tag } from './tag.ts'
import { variantOf } from './variant.ts'

type Fields = { readonly [key: string]: unknown }

/** `out`, and behind it an element under a tag. @param depth how many elements are around it */
export function printElement(
  out: string,
  shape: CompiledShape,
  tag: Tag,
  fields: Fields,
  form: Form,
  depth: number,
): string {
  return (variantOf(shape, fields) ?? shape).print.now(out, fields, tag, form, depth)
}
