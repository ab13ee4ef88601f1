import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DriverConfig } from '../../src/host/config.ts'
import type { Incoming } from '../../src/host/host.ts'
import type { ReleaseName } from '../../src/release/release.ts'

/** A case of a manifest, in the words of the corpus. File names are relative to `qemuxmlconfdata/`. */
export interface Case {
  readonly id: string
  readonly input: string
  readonly arch: string
  readonly qemu: string
  /** The release of libvirt that answered; 10.1 where absent. */
  readonly libvirt?: ReleaseName
  readonly variant?: string
  readonly stripMachineAliases?: boolean
  readonly expect: 'argv' | 'parse-error' | 'failure'
  readonly args?: string
  readonly xml?: string
  /** File with the reference's own message. */
  readonly error?: string
  readonly config?: Partial<DriverConfig>
  readonly env?: Readonly<Record<string, string>>
  readonly abiUpdate?: boolean
  readonly gic?: readonly string[]
  readonly hostCpu?: string
  readonly capabilitiesAdd?: readonly string[]
  readonly capabilitiesRemove?: readonly string[]
  readonly fdGroups?: Readonly<Record<string, readonly number[]>>
  /** Groups of `fdGroups` whose descriptors were handed over as writable. */
  readonly fdGroupsWritable?: readonly string[]
  readonly vdpaFds?: Readonly<Record<string, number>>
  readonly nbdkit?: readonly string[]
  readonly incoming?: Incoming
  readonly hostFips?: boolean
  readonly slirpHelper?: boolean
  readonly swtpmVersions?: readonly string[]
}

/** The cases of a corpus and their files. */
export class Corpus {
  readonly cases: readonly Case[]
  readonly #folder: string

  /** @throws where the folder holds no `manifest.json` with a list of cases */
  constructor(folder: string) {
    const manifest = join(folder, 'manifest.json')
    if (!existsSync(manifest)) throw new Error(`${manifest} does not exist: ${folder} is no corpus`)
    const cases: unknown = JSON.parse(readFileSync(manifest, 'utf8'))
    if (!Array.isArray(cases) || !cases.every(isCase)) throw new Error(`${manifest} does not hold a list of cases`)
    this.cases = cases
    // Corpora of one set of inputs, a release each, share the folder beside them.
    const own = join(folder, 'qemuxmlconfdata')
    this.#folder = existsSync(own) ? own : join(folder, '..', 'qemuxmlconfdata')
  }

  /** @throws where the file is missing: a case without its golden is a fault of the corpus */
  read(file: string): string {
    return readFileSync(join(this.#folder, file), 'utf8')
  }

  pathOf(file: string): string {
    return join(this.#folder, file)
  }
}

function isCase(value: unknown): value is Case {
  if (typeof value !== 'object' || value === null) return false
  const { id, input, arch, qemu, expect } = value as Record<string, unknown>
  const known = expect === 'argv' || expect === 'parse-error' || expect === 'failure'
  return known && [id, input, arch, qemu].every((text) => typeof text === 'string')
}
