import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A family of cases that is worked on apart; its expected failures are in a file of its own. */
interface Family {
  readonly name: string
  readonly ids: RegExp
}

/** The first that matches owns a case. */
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

interface Entry {
  readonly id: string
  /** With its `#`, as written. */
  readonly reason: string
}

/**
 * The expected failures, inverted: a listed case that passes fails the run, as does an unlisted one that fails. One
 * file a family, one case a line, a `# reason` may follow. The files only shrink.
 */
export class ExpectedFailures {
  readonly #files: Map<string, Entry[]>

  private constructor(files: Map<string, Entry[]>) {
    this.#files = files
  }

  /** Reads `FOLDER/expected-failures.txt` and all of `FOLDER/expected-failures/`. */
  static read(folder: string): ExpectedFailures {
    const apart = join(folder, 'expected-failures')
    const names = existsSync(apart) ? readdirSync(apart).filter((name) => name.endsWith('.txt')) : []
    const paths = [join(folder, 'expected-failures.txt'), ...names.map((name) => join(apart, name))]
    const present = paths.filter((path) => existsSync(path))
    return new ExpectedFailures(new Map(present.map((path) => [path, entriesOf(readFileSync(path, 'utf8'))])))
  }

  /** The very first lists. */
  static init(folder: string, failing: readonly string[]): ExpectedFailures {
    const files = new Map<string, Entry[]>()
    for (const name of [otherFamily, ...families.map((family) => family.name)]) files.set(fileOf(folder, name), [])
    for (const id of failing) files.get(fileOf(folder, familyOf(id)))?.push({ id, reason: '' })
    return new ExpectedFailures(files)
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

function fileOf(folder: string, family: string): string {
  return family === otherFamily
    ? join(folder, 'expected-failures.txt')
    : join(folder, 'expected-failures', `${family}.txt`)
}

function heading(path: string): string[] {
  const family = basename(path, '.txt')
  const which = family === 'expected-failures' ? 'cases of no family of its own' : `cases of the family ${family}`
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
