import type { Arch } from '../../capabilities/capabilities.ts'
import type { InspectOptions, Target } from '../../lint/inspect.ts'
import type { Circumstance } from '../../lint/settings/settings.ts'
import { CircumstanceLoader } from '../circumstances.ts'
import { UsageError } from '../status.ts'

/** Tables and hosts for the circumstances of a run, loaded once each. */
export class Targets {
  readonly #known = new Map<string, InspectOptions['target']>()

  /** Throws a UsageError where the circumstances contradict themselves. */
  for(circumstance: Circumstance): InspectOptions['target'] {
    const key = JSON.stringify(circumstance)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const loader = new CircumstanceLoader(circumstance)
    const byArch = new Map<Arch, Promise<Target | string>>()
    const target = (arch: Arch) => {
      const loaded = byArch.get(arch) ?? load(loader, arch, circumstance)
      byArch.set(arch, loaded)
      return loaded
    }
    this.#known.set(key, target)
    return target
  }
}

async function load(loader: CircumstanceLoader, arch: Arch, circumstance: Circumstance): Promise<Target | string> {
  try {
    const { strictHost, existing, defineOnly } = circumstance
    const purpose = defineOnly ? 'define' : 'check'
    return { ...(await loader.load(arch)), strictHost, abiUpdate: !existing, purpose }
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}
