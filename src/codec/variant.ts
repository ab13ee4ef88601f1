import type { CompiledShape } from './description.ts'
import { type Often, oftenGenerated } from './generated.ts'

type Fields = { readonly [key: string]: unknown }

/** The variant of an element that its fields choose. */
export function variantOf({ choice }: CompiledShape, fields: Fields): CompiledShape | undefined {
  return choice?.variant.now(fields)
}

/** Finds the variant that an object's field `by` chooses. */
export function chooserOf(
  by: string,
  variants: ReadonlyMap<string, CompiledShape>,
): Often<(fields: Fields) => CompiledShape | undefined> {
  const find = (chosen: unknown) => variants.get(typeof chosen === 'string' ? chosen : String(chosen))
  return oftenGenerated((fields: Fields) => find(fields[by]), {
    names: ['find'],
    given: [find],
    body: () => `return (fields) => find(fields[${JSON.stringify(by)}])`,
  })
}
