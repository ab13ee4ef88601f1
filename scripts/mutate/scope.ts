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
  'launch/{plan,goldens}',
  'laws/disks/*',
  'lint/rules',
  'host/{assumed,native,new-guest,real}',
]

/** Files that are no killers: they replace modules or start processes, which one warm process cannot repeat. */
const apart = /\bvi\.|node:child_process/

/** A room that the converter does not enter: its own tests, and what kernels answered, are its killers. */
const alone = { room: 'src/vfio/', tests: ['src/vfio/**/*.test.ts', 'tests/vfio/{kernels,seen}.test.ts'] }

export interface KillerScope {
  readonly tests: readonly string[]
  /** Whether the cases of the corpora are killers as well. */
  readonly corpora: boolean
}

/** What counts as killers of mutants in these files. */
export function killersOf(files: readonly string[]): KillerScope {
  const isAlone = files.every((file) => file.startsWith(alone.room))
  const patterns = isAlone
    ? alone.tests
    : [...folders.map((name) => `src/${name}/**/*.test.ts`), ...others.map((name) => `tests/${name}.test.ts`)]
  const tests = globSync(patterns)
    .sort()
    .filter((file) => !apart.test(readFileSync(file, 'utf8')))
  return { tests, corpora: !isAlone }
}

const element = /^src\/(?:devices|sections)\/([^/]+)\//

/** The element whose slice a file is in. */
export const elementOf = (file: string) => element.exec(file)?.[1]
