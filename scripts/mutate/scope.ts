import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'

/** The rooms whose rules must be pinned. */
export const mutable = [
  'src/devices',
  'src/sections',
  'src/fragments',
  'src/parts',
  'src/address',
  'src/rules',
] as const

const folders = ['devices', 'sections', 'fragments', 'parts', 'address', 'rules', 'machines', 'pipeline', 'context']

/** Beside the tests of those rooms: goldens and small domains that need no other process. */
const others = [
  'goldens',
  'releases',
  'cases/*',
  'mistakes/*',
  'slices/*',
  'topology/*',
  'launch/plan',
  'laws/disks/*',
  'lint/rules',
  'host/{assumed,native,new-guest,real}',
]

/** Files that are no killers: they replace modules or start processes, which one warm process cannot repeat. */
const apart = /\bvi\.|node:child_process/

/** The tests that count as killers, beside the cases of the corpora. */
export function killerTests(): string[] {
  const patterns = [
    ...folders.map((name) => `src/${name}/**/*.test.ts`),
    ...others.map((name) => `tests/${name}.test.ts`),
  ]
  return globSync(patterns)
    .sort()
    .filter((file) => !apart.test(readFileSync(file, 'utf8')))
}

const element = /^src\/(?:devices|sections)\/([^/]+)\//

/** The element whose slice a file is in. */
export const elementOf = (file: string) => element.exec(file)?.[1]
