import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Case } from './cases.ts'

/** A family of cases that is worked on apart; its expected failures are in a file of its own. */
interface Family {
  readonly name: string
  readonly ids: RegExp
}

/** The first that matches owns a case of the standard corpus. */
const families: readonly Family[] = [
  {
    name: 'storage',
    ids: /^(disk|luks|encrypted|blkdeviotune|blkio|iothreads|controller|lease|fips|boot|event_idx|scsi|ide|sata|floppy|fs9p|filesystem|virtio-9p|vhost-user-fs|hostdev-scsi)/,
  },
  {
    name: 'chardev-graphics',
    ids: /^(serial|parallel|console|channel|chardev|graphics|video|audio|sound|input|usb|smartcard|default-video|virtio-input|tpm|mach-virt-console|shmem|redirdev|hub|q35-virt-manager|vhost-user-(vga|gpu)|watchdog|panic|pvpanic|balloon|crypto|vhost-vsock)/,
  },
  {
    name: 'network-hostdev',
    ids: /^(net|interface|tap|user-aliases|mtu|slirp|teaming|hostdev|virtio|vhost_queues|downscript|pci|pcie|q35|440fx|multifunction|devices-acpi)/,
  },
]

export const otherFamily = 'other'

export function familyOf(id: string): string {
  return families.find(({ ids }) => ids.test(id))?.name ?? otherFamily
}

/** Which cases share a list, as the name of its file without `.txt`, relative to the lists' folder. */
export type ListOf = (testCase: Case) => string

const topList = 'expected-failures'

const familyList: ListOf = ({ id }) => {
  const family = familyOf(id)
  return family === otherFamily ? topList : join(topList, family)
}

/** The lists of a corpus: where they are, and how its cases are divided among them. */
export interface Lists {
  readonly files: readonly string[]
  readonly listOf: ListOf
}

/** Those of the standard corpus: `expected-failures.txt`, and in `expected-failures/` one a family. */
export const standardLists: Lists = {
  files: [topList, ...families.map(({ name }) => join(topList, name))],
  listOf: familyList,
}

/** Those of another corpus, in `expected-failures/CORPUS/`: accepted and refused domains apart. */
export function listsOf(corpus: string): Lists {
  const folder = join(topList, corpus)
  const listOf: ListOf = ({ expect }) => join(folder, expect === 'argv' ? 'accepted' : 'refused')
  return { files: ['accepted', 'refused'].map((name) => join(folder, name)), listOf }
}

interface Entry {
  readonly id: string
  /** With its `#`, as written. */
  readonly reason: string
}

/**
 * The expected failures, inverted: a listed case that passes fails the run, as does an unlisted one that fails. One
 * case a line, a `# reason` may follow. The files only shrink.
 */
export class ExpectedFailures {
  readonly #files: Map<string, Entry[]>

  private constructor(files: Map<string, Entry[]>) {
    this.#files = files
  }

  static read(folder: string, { files }: Lists): ExpectedFailures {
    const present = files.map((name) => join(folder, `${name}.txt`)).filter((path) => existsSync(path))
    return new ExpectedFailures(new Map(present.map((path) => [path, entriesOf(readFileSync(path, 'utf8'))])))
  }

  /** The very first lists. */
  static init(folder: string, { files, listOf }: Lists, failing: readonly Case[]): ExpectedFailures {
    const lists = new Map<string, Entry[]>(files.map((name) => [join(folder, `${name}.txt`), []]))
    for (const testCase of failing) {
      lists.get(join(folder, `${listOf(testCase)}.txt`))?.push({ id: testCase.id, reason: '' })
    }
    return new ExpectedFailures(lists)
  }

  get exist(): boolean {
    return this.#files.size > 0
  }

  get ids(): Set<string> {
    return new Set([...this.#files.values()].flat().map(({ id }) => id))
  }

  /** Cases that stand in the lists more than once. */
  get doubled(): string[] {
    const seen = new Set<string>()
    const entries = [...this.#files.values()].flat()
    return entries.filter(({ id }) => seen.size === seen.add(id).size).map(({ id }) => id)
  }

  without(ids: ReadonlySet<string>): ExpectedFailures {
    const left = [...this.#files].map(([path, entries]): [string, Entry[]] => [
      path,
      entries.filter(({ id }) => !ids.has(id)),
    ])
    return new ExpectedFailures(new Map(left))
  }

  write(): void {
    for (const [path, entries] of this.#files) {
      mkdirSync(dirname(path), { recursive: true })
      const lines = entries.map(({ id, reason }) => (reason === '' ? id : `${id}  ${reason}`))
      writeFileSync(path, [...heading(path), ...lines.sort(), ''].join('\n'))
    }
  }
}

function heading(path: string): string[] {
  const name = basename(path, '.txt')
  const which = name === topList ? 'cases of no family of its own' : `cases of ${basename(dirname(path))}: ${name}`
  return [`# ${which} that do not pass yet. A listed case that passes fails the run: the list only shrinks.`]
}

function entriesOf(text: string): Entry[] {
  const entries: Entry[] = []
  for (const line of text.split('\n')) {
    const match = /^([^\s#]+)\s*(#.*)?$/.exec(line.trim())
    if (match?.[1] !== undefined) entries.push({ id: match[1], reason: match[2] ?? '' })
    else if (line.trim() !== '' && !line.trim().startsWith('#')) throw new Error(`not a case and a reason: ${line}`)
  }
  return entries
}

/** `refusals.json`: for each refused case that passes, the one diagnostic code expected, reviewed. */
export class Refusals {
  readonly #path: string
  readonly #codes: Map<string, string>

  constructor(folder: string) {
    this.#path = join(folder, 'refusals.json')
    const text = existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '{}'
    this.#codes = new Map(Object.entries<string>(JSON.parse(text)))
  }

  get ids(): string[] {
    return [...this.#codes.keys()]
  }

  code(id: string): string | undefined {
    return this.#codes.get(id)
  }

  /** A reviewer has compared our refusal with the reference's reason. */
  accept(id: string, code: string): void {
    this.#codes.set(id, code)
  }

  /** Sorted by id, so that work on several cases does not collide. */
  write(): void {
    const sorted = Object.fromEntries([...this.#codes].sort(([a], [b]) => (a < b ? -1 : 1)))
    writeFileSync(this.#path, `${JSON.stringify(sorted, null, 2)}\n`)
  }
}
