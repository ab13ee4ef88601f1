import { blankOf } from './blank.ts'
import { compileChild } from './compile-child.ts'
import type {
  ChoiceField,
  CompiledAttribute,
  CompiledChild,
  CompiledShape,
  ElementOptions,
  PrintedAttribute,
  Shape,
} from './description.ts'
import { hasFewWords, isPlain } from './plain.ts'
import { attributeStart } from './print-attribute.ts'
import { printOf } from './printer.ts'
import { fieldWithAllKeys, scalarWithAllKeys } from './same-keys.ts'
import { chooserOf } from './variant.ts'

/** What prints of an element around that of its variant. */
type Around = Pick<CompiledShape, 'printed' | 'before' | 'after' | 'value'>

/** A shape as tables that reader and printer walk without looking at it again. */
export function compileShape(shape: Shape, options: ElementOptions, around?: Around): CompiledShape {
  const printed: PrintedAttribute[] = []
  const attributes = new Map<string, CompiledAttribute>()
  for (const [key, described] of Object.entries(shape.attributes ?? {})) {
    const field = fieldWithAllKeys(described)
    const name = field.name ?? key
    const isWords = field.kind === 'attribute' && hasFewWords(field.scalar)
    printed.push({
      key,
      name,
      start: attributeStart(name),
      field,
      isPlain: field.kind === 'attribute' && isPlain(field.scalar),
      printedWords: isWords ? new Map() : undefined,
    })
    if (field.kind === 'attribute') attributes.set(name, { key, name, field })
  }
  const before: CompiledChild[] = []
  const after: CompiledChild[] = []
  const all: CompiledChild[] = []
  let choice: ChoiceField<unknown> | undefined
  for (const [key, described] of Object.entries(shape.children ?? {})) {
    if (described.kind === 'choice') {
      choice = described
      continue
    }
    const compiled = compileChild(key, described)
    all.push(compiled)
    ;(choice ? after : before).push(compiled)
  }
  // Made at first use: a lazy child may describe an element whose module is still loading.
  let children: ReadonlyMap<string, CompiledChild> | undefined
  const entries = new Map<string, unknown>()
  const lists = new Set<string>()
  for (const { key, field } of printed) {
    if (field.kind === 'attribute') entries.set(key, field.presence === 'default' ? field.fallback : undefined)
  }
  for (const { key, field } of all) {
    entries.set(key, undefined)
    if (isList(field)) lists.add(key)
  }
  if (shape.value) entries.set('value', undefined)
  // An engine finds a field at once where the objects of all variants have the same keys.
  for (const key of choice ? variantKeys(choice) : []) if (!entries.has(key)) entries.set(key, undefined)
  const own = { printed, before, after, value: shape.value }
  return {
    attributes,
    printed,
    children: () => {
      children ??= new Map(all.flatMap((child) => child.keys().map((name) => [name, child] as const)))
      return children
    },
    before,
    after,
    print: printOf({
      attributes: [...(around?.printed ?? []), ...printed],
      children: [...(around?.before ?? []), ...before, ...after, ...(around?.after ?? [])],
      value: around === undefined ? shape.value : around.value,
      options,
    }),
    choice: choice && compiledChoice(choice, options, own),
    value: shape.value && scalarWithAllKeys(shape.value),
    requiredAttributes: [...attributes.values()].filter(({ field }) => field.presence === 'required'),
    datedDefaults: [...attributes.values()].filter(
      ({ field }) => field.presence === 'default' && field.since !== undefined,
    ),
    requiredChildren: all.filter(({ field }) => 'required' in field && field.required === true),
    blank: blankOf(entries, lists),
  }
}

function compiledChoice(
  { by, variants }: ChoiceField<unknown>,
  options: ElementOptions,
  around: Around,
): CompiledShape['choice'] {
  const compiled = new Map(
    Object.entries(variants).map(([value, variant]) => [value, compileShape(variant, options, around)]),
  )
  return { by, variants: compiled, variant: chooserOf(by, compiled) }
}

/** The keys of all variants, and of theirs. */
function variantKeys({ variants }: ChoiceField<unknown>): string[] {
  return Object.values(variants).flatMap(({ attributes = {}, children = {} }) => [
    ...Object.keys(attributes).filter((key) => attributes[key]?.kind === 'attribute'),
    ...Object.entries(children).flatMap(([key, field]) => (field.kind === 'choice' ? variantKeys(field) : [key])),
  ])
}

const isList = ({ kind }: CompiledChild['field']) => kind === 'many' || kind === 'texts'
