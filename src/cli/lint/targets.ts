import { lastQemuWith } from '../../capabilities/builtin/last-with.ts'
import { chooseBuild, loadBuiltin } from '../../capabilities/builtin.ts'
import type { Arch, Capabilities } from '../../capabilities/capabilities.ts'
import type { InspectOptions, Target } from '../../lint/inspect.ts'
import type { Circumstance } from '../../lint/settings/settings.ts'
import { CircumstanceLoader } from '../circumstances.ts'
import { UsageError } from '../status.ts'

/** Tables and hosts for the circumstances of a run, loaded once each. */
export class Targets {
  readonly #known = new Map<string, InspectOptions['target']>()
  readonly #findingsOnly: boolean

  /** @param findingsOnly nobody asks a conversion for the definition */
  constructor({ findingsOnly = false } = {}) {
    this.#findingsOnly = findingsOnly
  }

  /** Throws a UsageError where the circumstances contradict themselves. */
  for(circumstance: Circumstance): InspectOptions['target'] {
    const key = JSON.stringify(circumstance)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const loader = new CircumstanceLoader(circumstance)
    const loadedTargets = new Map<string, Promise<Target | string>>()
    const target = (arch: Arch, machine?: string) => {
      const assumedQemu = assumedFor(circumstance, arch, machine)
      const name = `${arch} ${assumedQemu ?? ''}`
      const loaded = loadedTargets.get(name) ?? this.#load(loader, arch, circumstance, assumedQemu)
      loadedTargets.set(name, loaded)
      return loaded
    }
    this.#known.set(key, target)
    return target
  }

  async #load(
    loader: CircumstanceLoader,
    arch: Arch,
    circumstance: Circumstance,
    assumedQemu: string | undefined,
  ): Promise<Target | string> {
    try {
      const { strictHost, existing, defineOnly } = circumstance
      const purpose = defineOnly ? 'define' : 'check'
      const loaded = await loader.load(arch, await assumedTable(arch, assumedQemu))
      return { ...loaded, assumedQemu, strictHost, abiUpdate: !existing, purpose, findingsOnly: this.#findingsOnly }
    } catch (error) {
      if (error instanceof UsageError) return error.message
      throw error
    }
  }
}

/** The QEMU that a domain is for, where nobody named one and the newest has not its machine type any more. */
function assumedFor({ qemu, capabilities }: Circumstance, arch: Arch, machine = ''): string | undefined {
  return qemu === undefined && capabilities === undefined ? lastQemuWith(arch, machine) : undefined
}

async function assumedTable(arch: Arch, label: string | undefined): Promise<Capabilities | undefined> {
  const build = label === undefined ? undefined : chooseBuild(arch, label).build
  return build && loadBuiltin(build)
}
