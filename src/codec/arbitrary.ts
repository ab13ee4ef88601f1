import type * as FastCheck from 'fast-check'
import type { Child, Element, Shape } from './description.ts'
import type { JsonSchema } from './scalar.ts'

type Fc = Omit<typeof FastCheck, 'default'>
type Generator<T> = FastCheck.Arbitrary<T>

/**
 * Random objects of an element, for property tests: whatever its description allows, whether or not libvirt's further
 * rules do. fast-check is handed in, so that the library itself does not need it.
 */
export function arbitrary<T extends object>(fc: Fc, element: Element<T>, depth = 3): Generator<T> {
  return new Arbitraries(fc).element(element as Element<object>, depth) as Generator<T>
}

interface Readable {
  readonly schema: JsonSchema
  readonly doc: string
  readonly examples?: readonly string[]
  parse(text: string): unknown
}

function isRead(value: unknown): boolean {
  return value !== undefined && !(typeof value === 'object' && value !== null && 'problem' in value)
}

class Arbitraries {
  readonly #fc: Fc

  readonly #made = new Map<Element<object>, Map<number, Generator<object>>>()

  constructor(fc: Fc) {
    this.#fc = fc
  }

  /** One generator an element and depth: elements within elements would be built again and again. */
  element(element: Element<object>, depth: number): Generator<object> {
    const depths = this.#made.get(element) ?? new Map<number, Generator<object>>()
    const made = depths.get(depth) ?? this.#build(element, depth)
    this.#made.set(element, depths.set(depth, made))
    return made
  }

  #build(element: Element<object>, depth: number): Generator<object> {
    const { choice } = element.compiled().shape
    const common = this.#shape(element.shape, depth)
    const entry = Object.entries(element.shape.children ?? {}).find(([, field]) => field.kind === 'choice')?.[1]
    if (choice === undefined || entry?.kind !== 'choice') return this.#record(element, common)
    const variants = Object.entries(entry.variants).map(([value, variant]) =>
      this.#record(element, { ...common, ...this.#shape(variant, depth), [choice.by]: this.#fc.constant(value) }),
    )
    return this.#fc.oneof(...variants)
  }

  #record(element: Element<object>, model: { [key: string]: Generator<unknown> }): Generator<object> {
    return this.#fc.record(model).map((fields) => element.create(fields as never))
  }

  #shape(shape: Shape, depth: number): { [key: string]: Generator<unknown> } {
    const model: { [key: string]: Generator<unknown> } = {}
    for (const [key, field] of Object.entries(shape.attributes ?? {})) {
      if (field.kind === 'derived') continue
      const value = this.#scalar(field.scalar)
      model[key] = field.presence === 'optional' ? this.#fc.option(value, { nil: undefined }) : value
    }
    if (shape.value) model.value = this.#scalar(shape.value)
    for (const [key, field] of Object.entries(shape.children ?? {})) {
      const value = field.kind === 'choice' ? undefined : this.#child(field, depth)
      if (value !== undefined) model[key] = value
    }
    return model
  }

  #child(field: Exclude<Child, { kind: 'choice' }>, depth: number): Generator<unknown> | undefined {
    const fc = this.#fc
    switch (field.kind) {
      case 'child': {
        const required = field.required === true
        if (depth === 0) return required ? this.element(field.element(), 0) : fc.constant(undefined)
        const value = this.element(field.element(), depth - 1)
        return required ? value : fc.option(value, { nil: undefined })
      }
      case 'many':
        return depth === 0 ? fc.constant([]) : fc.array(this.element(field.element(), depth - 1), { maxLength: 2 })
      case 'text': {
        const value = this.#scalar(field.scalar)
        return field.required ? value : fc.option(value, { nil: undefined })
      }
      case 'texts':
        return fc.array(this.#scalar(field.scalar), { maxLength: 2 })
      case 'flag':
        return fc.constantFrom(true, undefined)
      case 'raw':
        return undefined
    }
  }

  /**
   * Texts from the schema, kept only where the scalar reads them: so every value is one that parse can give. A schema that
   * says too little for that is a defect of the scalar, not of the test.
   */
  #scalar(scalar: Readable): Generator<unknown> {
    const texts = scalar.examples ? this.#fc.constantFrom(...scalar.examples) : this.#text(scalar.schema)
    const values = texts.map((text) => scalar.parse(text))
    const readable = this.#fc.sample(values, { numRuns: 60, seed: 1 }).filter(isRead).length
    if (readable === 0) throw new Error(`no text of the schema ${JSON.stringify(scalar.schema)} reads as ${scalar.doc}`)
    return values.filter(isRead)
  }

  #text(schema: JsonSchema): Generator<string> {
    const fc = this.#fc
    if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as string[]))
    if (schema.type === 'boolean') return fc.constantFrom('yes', 'no', 'on', 'off')
    if (schema.type === 'integer') {
      return fc
        .integer({ min: Number(schema.minimum ?? 0), max: Math.min(Number(schema.maximum ?? 2 ** 31), 2 ** 53 - 1) })
        .map(String)
    }
    if (schema.type === 'array') return fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1 }).map(String)
    if (Array.isArray(schema.type)) return fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }).map(String)
    if (typeof schema.pattern === 'string') return fc.stringMatching(new RegExp(schema.pattern))
    return fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abcXYZ019 <>&\'"/.-_é') })
  }
}
