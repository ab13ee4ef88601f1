import type { Flag } from './flags.ts'
import type {
  Accelerator,
  AcceleratorTable,
  CapabilityTable,
  CpuModel,
  HostCpu,
  MachineType,
  QemuVersion,
} from './table.ts'

export * from './table.ts'

/** A capability table with its questions answered: what every stage asks. */
export interface Capabilities extends Omit<CapabilityTable, 'flags' | 'accelerators'> {
  readonly table: CapabilityTable
  readonly flags: ReadonlySet<Flag>
  has(flag: Flag): boolean
  versionAtLeast(major: number, minor?: number, micro?: number): boolean
  /** Accelerators the build can use, best first. */
  readonly accelerators: readonly Accelerator[]
  machines(accelerator: Accelerator): readonly MachineType[]
  /** The machine type of that name or alias. */
  machine(name: string, accelerator: Accelerator): MachineType | undefined
  /** The versioned name an alias stands for (`pc` → `pc-i440fx-8.2`); any other name unchanged. */
  canonicalMachine(name: string, accelerator: Accelerator): string
  /** What a domain gets that names no machine type: the first of the list, which is the preferred one. */
  defaultMachine(accelerator: Accelerator): MachineType | undefined
  cpuModels(accelerator: Accelerator): readonly CpuModel[]
  cpuModel(name: string, accelerator: Accelerator): CpuModel | undefined
  hostCpu(accelerator: Accelerator): HostCpu | undefined
  /** CPU features that QEMU calls deprecated; none where it does not tell. */
  deprecatedFeatures(accelerator: Accelerator): readonly string[]
}

const best: readonly Accelerator[] = ['kvm', 'hvf', 'tcg']

/** Answers questions over a table; look-ups are indexed once an accelerator. */
export function capabilitiesOf(table: CapabilityTable): Capabilities {
  const flags: ReadonlySet<Flag> = new Set(table.flags)
  const indexes = new Map<Accelerator, Index>()
  const index = (accelerator: Accelerator): Index => {
    let found = indexes.get(accelerator)
    if (found === undefined) {
      found = indexOf(table.accelerators[accelerator])
      indexes.set(accelerator, found)
    }
    return found
  }
  const { version } = table
  return {
    ...table,
    table,
    flags,
    has: (flag) => flags.has(flag),
    versionAtLeast: (major, minor = 0, micro = 0) => compareVersions(version, { major, minor, micro }) >= 0,
    accelerators: best.filter((accelerator) => table.accelerators[accelerator] !== undefined),
    machines: (accelerator) => table.accelerators[accelerator]?.machines ?? [],
    machine: (name, accelerator) => index(accelerator).machines.get(name),
    canonicalMachine: (name, accelerator) => index(accelerator).machines.get(name)?.name ?? name,
    defaultMachine: (accelerator) => index(accelerator).defaultMachine,
    cpuModels: (accelerator) => table.accelerators[accelerator]?.cpuModels ?? [],
    cpuModel: (name, accelerator) => index(accelerator).cpuModels.get(name),
    hostCpu: (accelerator) => table.accelerators[accelerator]?.hostCpu,
    deprecatedFeatures: (accelerator) => table.accelerators[accelerator]?.deprecatedFeatures ?? [],
  }
}

interface Index {
  readonly machines: ReadonlyMap<string, MachineType>
  readonly defaultMachine: MachineType | undefined
  readonly cpuModels: ReadonlyMap<string, CpuModel>
}

function indexOf(table: AcceleratorTable | undefined): Index {
  const machines = new Map<string, MachineType>()
  for (const machine of table?.machines ?? []) {
    // QEMU 10.0 calls two boards powernv: the first is meant (oracle: 11.3).
    if (machine.alias !== undefined && !machines.has(machine.alias)) machines.set(machine.alias, machine)
  }
  for (const machine of table?.machines ?? []) machines.set(machine.name, machine)
  return {
    machines,
    defaultMachine: table?.machines[0],
    cpuModels: new Map(table?.cpuModels.map((model) => [model.name, model])),
  }
}

/** Negative where `a` is older, positive where it is newer. */
export function compareVersions(a: QemuVersion, b: QemuVersion): number {
  return a.major - b.major || a.minor - b.minor || a.micro - b.micro
}

export function versionText(version: QemuVersion): string {
  return `${version.major}.${version.minor}.${version.micro}`
}
