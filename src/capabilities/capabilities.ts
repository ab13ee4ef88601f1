import type { Flag } from './flags.ts'

/** Architectures under libvirt's names. */
export const archs = [
  'aarch64',
  'alpha',
  'armv6l',
  'armv7b',
  'armv7l',
  'cris',
  'i686',
  'ia64',
  'lm32',
  'loongarch64',
  'm68k',
  'microblaze',
  'microblazeel',
  'mips',
  'mipsel',
  'mips64',
  'mips64el',
  'openrisc',
  'parisc',
  'parisc64',
  'ppc',
  'ppc64',
  'ppc64le',
  'ppcemb',
  'riscv32',
  'riscv64',
  's390',
  's390x',
  'sh4',
  'sh4eb',
  'sparc',
  'sparc64',
  'unicore32',
  'x86_64',
  'xtensa',
  'xtensaeb',
] as const

export type Arch = (typeof archs)[number]

const knownArchs: ReadonlySet<string> = new Set(archs)

export function isArch(name: string): name is Arch {
  return knownArchs.has(name)
}

/** What runs the guest's instructions. A table holds machine types and CPU models for each accelerator it has. */
export const accelerators = ['kvm', 'tcg', 'hvf'] as const

export type Accelerator = (typeof accelerators)[number]

/** A version as QEMU reports it; a development build between 8.2 and 9.0 reports 8.2.50. */
export interface QemuVersion {
  readonly major: number
  readonly minor: number
  readonly micro: number
}

export type Tristate = 'yes' | 'no' | 'unknown'

export interface MachineType {
  readonly name: string
  readonly alias?: string | undefined
  readonly maxCpus: number
  readonly hotplugCpus: boolean
  /** QEMU's own default; libvirt may prefer another, which then comes first in the list. */
  readonly isDefault: boolean
  /** The QOM type of the CPU a guest gets that names none. */
  readonly defaultCpu?: string | undefined
  readonly numaMemSupported: boolean
  /** The id QEMU expects on the memory backend that replaces the machine's own RAM. */
  readonly defaultRamId?: string | undefined
  readonly deprecated: boolean
  /** Whether the machine has ACPI; `unknown` where QEMU is older than the answer. */
  readonly acpi: Tristate
}

export interface CpuModel {
  readonly name: string
  /** The QOM type, where QEMU tells it. */
  readonly type?: string | undefined
  /** Whether the host that answered can run it; `unknown` where QEMU cannot tell or the host is another one. */
  readonly usable: Tristate
  /** The features the host lacks, in QEMU's order; empty unless `usable` is `no`. */
  readonly blockers: readonly string[]
  readonly deprecated: boolean
}

export type HostCpuProperty = {
  readonly name: string
  /** Whether a guest that has it can migrate; `undefined` where QEMU does not tell. */
  readonly migratable?: boolean | undefined
} & (
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
)

/** The host's CPU as an accelerator offers it to guests: QEMU's expansion of `host` (KVM, HVF) or `max` (TCG). */
export interface HostCpu {
  readonly model: string
  /** True where QEMU told migratable features from others. */
  readonly migratability: boolean
  readonly properties: readonly HostCpuProperty[]
}

export interface GicCapability {
  readonly version: '2' | '3' | '4'
  readonly kernel: boolean
  readonly emulated: boolean
}

export interface SevCapability {
  /** Guest physical address bit that marks a page as encrypted. */
  readonly cbitpos: number
  /** How many physical address bits are lost. */
  readonly reducedPhysBits: number
  readonly pdh: string
  readonly certChain: string
  readonly cpu0Id?: string | undefined
}

export interface SgxCapability {
  readonly flc: boolean
  readonly sgx1: boolean
  readonly sgx2: boolean
  readonly sectionSizeKiB: number
  readonly sections: readonly { readonly node: number; readonly sizeKiB: number }[]
}

/** What one accelerator of a build offers. */
export interface AcceleratorTable {
  /** The preferred one first. */
  readonly machines: readonly MachineType[]
  readonly cpuModels: readonly CpuModel[]
  readonly hostCpu?: HostCpu | undefined
}

/** A capability table as plain data: what is stored, loaded and derived. */
export interface CapabilityTable {
  /** What `--qemu` calls the build: the recording's name (`8.2.0`), or the version a probed one reports. */
  readonly label: string
  readonly version: QemuVersion
  readonly package: string
  readonly arch: Arch
  readonly flags: readonly Flag[]
  readonly accelerators: { readonly [accelerator in Accelerator]?: AcceleratorTable | undefined }
  readonly gic: readonly GicCapability[]
  readonly sev?: SevCapability | undefined
  readonly sgx?: SgxCapability | undefined
  /** Hyper-V enlightenments the host's KVM offers, under libvirt's feature names; absent where QEMU was not asked. */
  readonly hyperv?: readonly string[] | undefined
  /** `host`: made on the host it is used for. `elsewhere`: a built-in table, which knows nothing of the user's host. */
  readonly recordedOn: 'host' | 'elsewhere'
}

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
  }
}

interface Index {
  readonly machines: ReadonlyMap<string, MachineType>
  readonly defaultMachine: MachineType | undefined
  readonly cpuModels: ReadonlyMap<string, CpuModel>
}

function indexOf(table: AcceleratorTable | undefined): Index {
  const machines = new Map<string, MachineType>()
  for (const machine of table?.machines ?? []) if (machine.alias !== undefined) machines.set(machine.alias, machine)
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
