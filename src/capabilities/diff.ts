import type { Capabilities } from './capabilities.ts'
import { type Flag, flags } from './flags.ts'

/** Names that come and go between two tables, in the order of the table that has them. */
export interface NameDiff {
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  /** In both, and deprecated only in the second. */
  readonly deprecated: readonly string[]
}

export interface CapabilityDiff {
  readonly flags: { readonly gained: readonly Flag[]; readonly lost: readonly Flag[] }
  readonly machines: NameDiff
  readonly cpuModels: NameDiff
}

interface Named {
  readonly name: string
  readonly deprecated: boolean
}

/** What changes for a guest that moves from one table to another, whatever accelerator it uses. */
export function diffCapabilities(from: Capabilities, to: Capabilities): CapabilityDiff {
  return {
    flags: {
      gained: flags.filter((flag) => to.has(flag) && !from.has(flag)),
      lost: flags.filter((flag) => from.has(flag) && !to.has(flag)),
    },
    machines: diffNames(machinesOf(from), machinesOf(to)),
    cpuModels: diffNames(cpuModelsOf(from), cpuModelsOf(to)),
  }
}

function machinesOf(capabilities: Capabilities): Map<string, Named> {
  const machines = capabilities.accelerators.flatMap((accelerator) => capabilities.machines(accelerator))
  return new Map(machines.map((machine) => [machine.name, machine]))
}

function cpuModelsOf(capabilities: Capabilities): Map<string, Named> {
  const models = capabilities.accelerators.flatMap((accelerator) => capabilities.cpuModels(accelerator))
  return new Map(models.map((model) => [model.name, model]))
}

function diffNames(from: ReadonlyMap<string, Named>, to: ReadonlyMap<string, Named>): NameDiff {
  return {
    gained: [...to.keys()].filter((name) => !from.has(name)),
    lost: [...from.keys()].filter((name) => !to.has(name)),
    deprecated: [...to.values()]
      .filter(({ name, deprecated }) => deprecated && from.get(name)?.deprecated === false)
      .map(({ name }) => name),
  }
}
