import fc from 'fast-check'
import { isProblem, type Scalar } from '../../src/codec/scalar.ts'
import type { Random } from '../fuzz/mutate.ts'
import { unreadable, words } from './words.ts'

const tries = 12

const matching = new Map<string, readonly string[]>()

/** Some texts that a pattern matches, always the same: made once, for they take their time. */
function textsOf(pattern: string): readonly string[] {
  let texts = matching.get(pattern)
  if (texts === undefined) {
    texts = fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 40, seed: 1 })
    matching.set(pattern, texts)
  }
  return texts
}

/** Texts for the fields of one domain: what the scalar of a field reads, and mostly what makes sense at its place. */
export class Texts {
  readonly #random: Random
  /** How many in a hundred texts are none that a sane person writes. */
  readonly #odd: number
  #number = 0

  constructor(random: Random, odd: number) {
    this.#random = random
    this.#odd = odd
  }

  /** @param place of the field, as `Field.id` */
  of(place: string, scalar: Scalar<unknown>): string {
    const isReadable = (text: string) => !unreadable.some(([at, it]) => at.test(place) && it.test(text))
    if (this.#random.below(100) < this.#odd) {
      const text = this.#random.of(['', '0', '-1', '1', '4294967295', 'none', ' ', 'yes'])
      if (isReadable(text)) return text
    }
    for (let left = tries; left > 0; left--) {
      const text = this.#word(place, scalar, left)
      if (!isProblem(scalar.parse(text)) && isReadable(text)) return text
    }
    return scalar.examples?.[0] ?? this.#bySchema(scalar)
  }

  #word(place: string, scalar: Scalar<unknown>, left: number): string {
    const { schema } = scalar
    if (Array.isArray(schema.enum)) return this.#random.of(schema.enum as string[])
    if (schema.type === 'boolean') return this.#random.of(['yes', 'no', 'on', 'off'])
    const known = left > tries / 2 ? words.find(([at]) => at.test(place))?.[1] : undefined
    if (known !== undefined && this.#random.below(10) > 0) return this.#numbered(this.#random.of(known))
    if (scalar.examples !== undefined) return this.#random.of(scalar.examples)
    return this.#bySchema(scalar)
  }

  #numbered(word: string): string {
    const number = ++this.#number
    return word.replace('#', String(10 + (number % 90))).replace('$', String.fromCharCode(97 + (number % 26)))
  }

  #bySchema({ schema }: Scalar<unknown>): string {
    const random = this.#random
    if (schema.type === 'integer') {
      const [min, max] = [Number(schema.minimum ?? 0), Number(schema.maximum ?? 2 ** 31)]
      const size = random.below(10)
      if (size === 0) return String(random.of([min, max, Math.min(max, min + 1)]))
      if (size < 3) return String(Math.min(max, min + random.below(5000)))
      return String(Math.min(max, min + random.below(8)))
    }
    if (Array.isArray(schema.type)) return String(random.of([0, 1, 2, 64, 1024, 65536, 1048576]))
    if (typeof schema.pattern === 'string') return random.of(textsOf(schema.pattern))
    return `text${++this.#number % 90}`
  }
}
