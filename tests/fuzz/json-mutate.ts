import type { Random } from './mutate.ts'

type Path = readonly (string | number)[]

/** Values at which a reader of a described file breaks, whatever should stand there. */
const boundaries: readonly unknown[] = [
  null, true, '', ' ', 'v', '\u0000', '\n', '\u001b[31m', '-x', 'a=b', 'a,b', '..', '/', 'constructor', '__proto__',
  'A'.repeat(3000), '<a/>', '<network><name>n</name></network>', 0, -1, 1, 255, 65536, 4294967296, 9007199254740991,
  9007199254740992, 1e308, 0.5, [], {}, [null], { v: 'v' },
] // biome-ignore format: a table

/** Every place in a value, the value itself but for. */
function placesIn(value: unknown, above: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...above, Array.isArray(value) ? Number(key) : key]
    return [path, ...placesIn(inner, path)]
  })
}

type Holder = Record<string | number, unknown>

const at = (value: unknown, path: Path): unknown => path.reduce((inner, key) => (inner as Holder)[key], value)

/** A JSON text with one to three changes: of values, keys, or of the text itself. */
export function mutateJson(text: string, random: Random): string {
  const value: unknown = JSON.parse(text)
  const places = placesIn(value)
  for (let left = 1 + random.below(3); left > 0; left--) {
    const path = random.of(places)
    const key = path.at(-1)!
    const holder = holderOf(value, path)
    if (holder === undefined) continue
    change(holder, key, () => at(value, random.of(places)), random)
  }
  const changed = JSON.stringify(value, undefined, random.below(2))
  return random.below(4) === 0 ? broken(changed, random) : changed
}

/** Undefined where an earlier change took the place away. */
function holderOf(value: unknown, path: Path): Holder | undefined {
  let holder: unknown = value
  for (const key of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) return undefined
    holder = (holder as Holder)[key]
  }
  return typeof holder === 'object' && holder !== null ? (holder as Holder) : undefined
}

function change(holder: Holder, key: string | number, other: () => unknown, random: Random): void {
  const kind = random.below(5)
  if (kind === 0) delete holder[key]
  else if (kind === 1 && typeof key === 'string') {
    const renamed = key.slice(0, random.below(key.length + 1)) + random.of(['', 'x', ':', '"'])
    holder[renamed] = holder[key]
    delete holder[key]
  } else if (kind === 2) {
    try {
      holder[key] = structuredClone(other())
    } catch {
      // The other place is gone.
    }
  } else holder[key] = structuredClone(random.of(boundaries))
}

function broken(text: string, random: Random): string {
  const from = random.below(text.length)
  const instead = random.of(['', '"', '\\', '{', '}', '[', ',', ':', '\u0000', '\n', 'x', '/*', "'"])
  return text.slice(0, from) + instead + text.slice(from + random.below(3))
}
