import { attributeStart } from '../xml/write.ts'
import { blankOf } from './blank.ts'
import type {
  ChoiceField,
  CompiledAttribute,
  CompiledChild,
  CompiledShape,
  PrintedAttribute,
  Shape,
} from './description.ts'
import { eachFilledOf, type Sought } from './filled.ts'
import { hasFewWords, isPlain } from './plain.ts'
import { fieldWithAllKeys, scalarWithAllKeys } from './same-keys.ts'

/** Children are looked up by namespace and local name. */
export function childKey(uri: string, local: string): string {
  return uri === '' ? local : `${uri} ${local}`
}

function lookupKeys(field: CompiledChild['field'], name: string): readonly string[] {
  if (field.kind === 'child' || field.kind === 'many') {
    const namespace = field.element().options.namespace
    if (namespace) return [childKey(namespace.uri, name)]
  }
  return [name]
}

/** The variant of an element that its fields choose. */
export function variantOf(
  { choice }: CompiledShape,
  fields: { readonly [key: string]: unknown },
): CompiledShape | undefined {
  if (choice === undefined) return undefined
  const chosen = fields[choice.by]
  return choice.variants.get(typeof chosen === 'string' ? chosen : String(chosen))
}

/** What prints of an element around that of its variant. */
type Around = Pick<CompiledShape, 'printed' | 'before' | 'after'>

/** A shape as tables that reader and printer walk without looking at it again. */
export function compileShape(shape: Shape, around?: Around): CompiledShape {
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
    const field = fieldWithAllKeys(described)
    const name = field.name ?? key
    const keys = () => lookupKeys(field, name)
    const compiled: CompiledChild = { key, name, field, keys, isPlain: isText(field) && isPlain(field.scalar) }
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
  const own = { printed, before, after }
  return {
    attributes,
    printed,
    children: () => {
      children ??= new Map(all.flatMap((child) => child.keys().map((name) => [name, child] as const)))
      return children
    },
    before,
    after,
    eachPrinted: eachFilledOf([...(around?.printed ?? []), ...printed], soughtByPrinted),
    eachChild: eachFilledOf([...(around?.before ?? []), ...before, ...after, ...(around?.after ?? [])], soughtByChild),
    choice: choice && { by: choice.by, variants: compiledVariants(choice, own) },
    value: shape.value && scalarWithAllKeys(shape.value),
    requiredAttributes: [...attributes.values()].filter(({ field }) => field.presence === 'required'),
    datedDefaults: [...attributes.values()].filter(
      ({ field }) => field.presence === 'default' && field.since !== undefined,
    ),
    requiredChildren: all.filter(({ field }) => 'required' in field && field.required === true),
    blank: blankOf(entries, lists),
  }
}

function compiledVariants({ variants }: ChoiceField<unknown>, around: Around): ReadonlyMap<string, CompiledShape> {
  return new Map(Object.entries(variants).map(([value, variant]) => [value, compileShape(variant, around)]))
}

const soughtByPrinted = ({ key, field }: PrintedAttribute): Sought =>
  field.kind === 'derived' ? { kind: 'whole' } : { kind: 'field', key }

const soughtByChild = ({ key, field }: CompiledChild): Sought => ({ kind: isList(field) ? 'list' : 'field', key })

const isText = (field: CompiledChild['field']) => field.kind === 'text' || field.kind === 'texts'

const isList = ({ kind }: CompiledChild['field']) => kind === 'many' || kind === 'texts'
