import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { documentOf, type RuleExample, type RulePages } from '../../src/diagnostic/rule-page.ts'
import { genericHost } from '../../src/host/generic.ts'
import { conclude } from '../../src/lint/conclude.ts'
import { inspect } from '../../src/lint/inspect.ts'
import { examples as made } from '../../src/lint/rules/examples.gen.ts'
import { pages as all } from '../../src/lint/rules/pages.gen.ts'
import { defaultSettings } from '../../src/lint/settings/settings.ts'
import { chooseRelease } from '../../src/release/choose.ts'

const pages: RulePages = all

const own = Object.entries(pages).flatMap(([code, { example }]) =>
  example === undefined ? [] : [[code, example] as const],
)

/** The examples of all rule pages. */
export const examples: readonly (readonly [code: string, example: RuleExample])[] = [...own, ...Object.entries(made)]

/** What the linter says of one side of an example. */
export async function findings({ options = {}, ...example }: RuleExample, text: string) {
  const { release } = options.libvirt === undefined ? { release: undefined } : chooseRelease(options.libvirt)
  const inspected = await inspect(documentOf(example, text), {
    name: 'example.xml',
    target: async (arch) => {
      const capabilities = await loadBuiltin(chooseBuild(arch, options.qemu).build!)
      return { capabilities, release, host: genericHost(arch), notes: [], purpose: 'check' }
    },
  })
  return conclude(inspected, { ...defaultSettings, strict: options.strict === true }).findings
}

export const placesFile = fileURLToPath(new URL('places.txt', import.meta.url))

/** Where the finding of each example stands, as `npm run accept-places` wrote it down. */
export function acceptedPlaces(): ReadonlyMap<string, string> {
  const lines = existsSync(placesFile) ? readFileSync(placesFile, 'utf8').trim().split('\n') : []
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]))
}

/** Where the findings of a rule stand in its example, when they come, and what else they point at. */
export async function placesOf(code: string, example: RuleExample): Promise<string> {
  const places = (await findings(example, example.fails))
    .filter((it) => it.code === code)
    .map(({ path, level, when, related }) => {
      const others = related.map(({ message }) => ` (${message})`).join('')
      return `${path ?? 'no place'} ${level}${when === undefined ? '' : ` at ${when}`}${others}`
    })
  return [...new Set(places)].join('; ')
}
