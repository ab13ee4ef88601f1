import {
  type Accelerator,
  type AcceleratorTable,
  accelerators,
  type Capabilities,
  type CapabilityTable,
  capabilitiesOf,
  type GicCapability,
  type HostCpu,
  type MachineType,
} from './capabilities.ts'
import type { Flag } from './flags.ts'

/** What to change in a table: a what-if, or facts of the host the table is used on. */
export interface CapabilityChanges {
  readonly add?: readonly Flag[]
  readonly remove?: readonly Flag[]
  /** Replaces the list of GIC versions. */
  readonly gic?: readonly GicCapability[]
  /** An alias is a machine type of its own, so that `pc` stays `pc`. */
  readonly stripMachineAliases?: boolean
  /** Replaces the host CPU of an accelerator; `null` removes it. */
  readonly hostCpu?: { readonly [accelerator in Accelerator]?: HostCpu | null }
  readonly recordedOn?: CapabilityTable['recordedOn']
  /** Replaces what the host offers of Hyper-V. */
  readonly hyperv?: readonly string[]
  readonly hypervValues?: CapabilityTable['hypervValues']
}

/** A machine type under its name, and under its alias as if that were a name. */
function withoutAlias({ alias, ...machine }: MachineType): MachineType[] {
  return alias === undefined ? [machine] : [{ ...machine, name: alias }, machine]
}

/** A changed table; the given one stays as it is. A change to an accelerator the table has not is ignored. */
export function withChanges(capabilities: Capabilities, changes: CapabilityChanges): Capabilities {
  const { table } = capabilities
  const removed: ReadonlySet<Flag> = new Set(changes.remove)
  const flags = new Set([...table.flags, ...(changes.add ?? [])].filter((flag) => !removed.has(flag)))
  const byAccelerator: { [accelerator in Accelerator]?: AcceleratorTable } = {}
  for (const accelerator of accelerators) {
    const old = table.accelerators[accelerator]
    if (old !== undefined) byAccelerator[accelerator] = changed(old, changes, changes.hostCpu?.[accelerator])
  }
  return capabilitiesOf({
    ...table,
    flags: [...flags],
    accelerators: byAccelerator,
    gic: changes.gic ?? table.gic,
    recordedOn: changes.recordedOn ?? table.recordedOn,
    hyperv: changes.hyperv ?? table.hyperv,
    hypervValues: changes.hypervValues ?? table.hypervValues,
  })
}

function changed(
  table: AcceleratorTable,
  changes: CapabilityChanges,
  hostCpu: HostCpu | null | undefined,
): AcceleratorTable {
  const machines = changes.stripMachineAliases ? table.machines.flatMap(withoutAlias) : table.machines
  return { ...table, machines, hostCpu: hostCpu === undefined ? table.hostCpu : (hostCpu ?? undefined) }
}
