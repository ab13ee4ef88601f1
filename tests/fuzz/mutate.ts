/** A source of numbers that a seed decides (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * count)
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }
}

/** Values at which readers break: limits of numbers, control characters, words of a shell, too much of anything. */
const boundaries = [
  '', ' ', '0', '00', '-1', '1', '255', '256', '65535', '65536', '102400', '2147483647', '4294967295', '4294967296',
  '18446744073709551615', '1e9', '0x', '0xffffffff', 'NaN', 'undefined', '&#10;', '&#27;[31m', '-x', 'a=b', 'a,b',
  'sdzzzzzz', 'A'.repeat(3000), '../..', 'constructor', '__proto__',
] // biome-ignore format: a table

const attribute = /[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*')/g
const tag = /<[\w:-]+[^<>]*\/>|<\/?[\w:-]+[^<>]*>/g

/** A text with one to four changes: values, attributes, elements moved, doubled, removed or taken from another input. */
export function mutate(text: string, other: string, random: Random): string {
  let out = text
  for (let left = 1 + random.below(4); left > 0; left--) out = random.of(changes)(out, other, random)
  return out
}

type Change = (text: string, other: string, random: Random) => string

function pick(
  pattern: RegExp,
  text: string,
  random: Random,
): { readonly at: number; readonly found: string } | undefined {
  const all = [...text.matchAll(pattern)]
  const match = all.length === 0 ? undefined : random.of(all)
  return match && { at: match.index, found: match[0] }
}

function splice(text: string, at: number, length: number, instead: string): string {
  return text.slice(0, at) + instead + text.slice(at + length)
}

const changes: readonly Change[] = [
  (text, _other, random) => {
    const it = pick(attribute, text, random)
    const name = it?.found.slice(0, it.found.indexOf('='))
    return it ? splice(text, it.at, it.found.length, `${name}='${random.of(boundaries)}'`) : text
  },
  (text, other, random) => {
    const [it, from] = [pick(attribute, text, random), pick(attribute, other, random)]
    return it && from ? splice(text, it.at, it.found.length, from.found) : text
  },
  (text, _other, random) => {
    const it = pick(attribute, text, random)
    return it ? splice(text, it.at, it.found.length, '') : text
  },
  (text, other, random) => {
    const [it, from] = [
      pick(tag, text, random),
      pick(/<(\w+)\b[^<>]*>(?:(?!<\1\b)[\s\S]){0,600}?<\/\1>|<\w+[^<>]*\/>/g, other, random),
    ]
    return it && from ? splice(text, it.at, 0, from.found) : text
  },
  (text, _other, random) => {
    const it = pick(/<(\w+)\b[^<>]*>(?:(?!<\1\b)[\s\S]){0,600}?<\/\1>|<\w+[^<>]*\/>/g, text, random)
    return it
      ? splice(text, it.at, random.below(2) === 0 ? it.found.length : 0, random.below(2) === 0 ? '' : it.found)
      : text
  },
  (text, _other, random) => {
    const it = pick(/(?<=>)[^<>\s][^<>]*(?=<)/g, text, random)
    return it ? splice(text, it.at, it.found.length, random.of(boundaries)) : text
  },
  (text, _other, random) => {
    const at = random.below(text.length)
    return splice(text, at, random.below(3), random.of(['', '<', '>', "'", '"', '&', '\u0000', '\n', 'x']))
  },
]
