import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { builtinBuilds, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { printCapabilities } from '../../src/capabilities/file.ts'
import { builtinHosts } from '../../src/host/builtin/index.ts'
import { hostFileSchema } from '../../src/host/file.ts'
import type { JsonSchema } from '../../src/json/shape.ts'
import type { Random } from './mutate.ts'

/** No report of a host file may show one of these. */
export const planted = ['Zq9Secret7', 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'AAECAwQFBgcICQoLDA0ODw==']

const secrets = {
  secrets: [{ uuid: '7b1a3c52-6f0e-4f4c-9d0c-3a0b7c5f6e21', type: 'ceph', usage: 'v', value: planted[0] }],
  masterKey: { key: planted[1], iv: planted[2] },
}

const texts = ['v', '/p/v', '0-3,8', 'sg0', 'x86_64', 'default', 'selinux', '11.3.0', '0000:03:00.0', '8086', 'raw']

/** A value that a schema lets through; keys that may be missing come and go. */
function sample(schema: JsonSchema, random: Random): unknown {
  const { type, properties, required = [], additionalProperties, items, oneOf, minimum } = schema
  if (Array.isArray(schema.enum)) return random.of(schema.enum as readonly unknown[])
  if (Array.isArray(oneOf)) return sample(random.of(oneOf as readonly JsonSchema[]), random)
  if (type === 'integer' || type === 'number') return Math.max(Number(minimum ?? 0), random.below(5))
  if (type === 'boolean') return random.below(2) === 0
  if (type === 'array') return Array.from({ length: random.below(3) }, () => sample(items as JsonSchema, random))
  if (type !== 'object') return random.of(texts)
  if (properties === undefined) return { [random.of(texts)]: sample(additionalProperties as JsonSchema, random) }
  const needed = required as readonly string[]
  const kept = Object.entries(properties as Record<string, JsonSchema>).filter(
    ([key]) => needed.includes(key) || random.below(2) === 0,
  )
  return Object.fromEntries(kept.map(([key, inner]) => [key, sample(inner, random)]))
}

const recorded: object = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../examples/vfio/host.json', import.meta.url)), 'utf8'),
)

/** A host file that says much: a distribution's, a card, secrets, and any of what the schema has. */
export function hostText(random: Random): string {
  const all = sample(hostFileSchema, random) as Record<string, unknown>
  const some = Object.fromEntries(Object.entries(all).filter(() => random.below(8) === 0))
  const host = { ...builtinHosts[random.of(['debian13', 'fedora'] as const)], ...recorded, ...some, ...secrets }
  return JSON.stringify(host, undefined, random.below(2))
}

const tables = new Map<number, string>()

/** The file of a built-in table. */
export async function capabilitiesText(random: Random): Promise<string> {
  const number = random.below(builtinBuilds.length)
  let text = tables.get(number)
  if (text === undefined) {
    text = printCapabilities((await loadBuiltin(builtinBuilds[number]!)).table)
    tables.set(number, text)
  }
  return text
}
