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
  const words = [...variants.keys()]
  return oftenGenerated((fields: Fields) => find(fields[by]), {
    names: ['find', ...words.map((_, at) => `v${at}`)],
    given: [find, ...variants.values()],
    // Words that stand in code are compared at once; one that is no text, or no variant's, is looked up.
    body: () =>
      `return (fields) => { const chosen = fields[${JSON.stringify(by)}]; switch (chosen) { ${words
        .map((word, at) => `case ${JSON.stringify(word)}: return v${at};`)
        .join(' ')} default: return find(chosen) } }`,
  })
}
