import { flag, integer, list, type Of, oneOf, optional, record, text, union } from '../json/shape.ts'
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

const x86: ReadonlySet<string> = new Set(['x86_64', 'i686'])
/** 64-bit POWER, of either byte order: one emulator, the same boards, processors and pages. */
export const powerArchs = ['ppc64', 'ppc64le'] as const satisfies readonly Arch[]
const power: ReadonlySet<string> = new Set(powerArchs)

export const isX86 = (arch: Arch): boolean => x86.has(arch)
export const isPower = (arch: Arch): boolean => power.has(arch)

const knownArchs: ReadonlySet<string> = new Set(archs)

export function isArch(name: string): name is Arch {
  return knownArchs.has(name)
}

/** What runs the guest's instructions. A table holds machine types and CPU models for each accelerator it has. */
export const accelerators = ['kvm', 'tcg', 'hvf'] as const

export type Accelerator = (typeof accelerators)[number]

const versionShape = record('The version QEMU reports; a build between 8.2 and 9.0 reports 8.2.50.', {
  major: integer('Major version.'),
  minor: integer('Minor version.'),
  micro: integer('Micro version.'),
})

export type QemuVersion = Of<typeof versionShape>

export type Tristate = 'yes' | 'no' | 'unknown'

const machineShape = record('A machine type.', {
  name: text('Its name, with its version.'),
  alias: optional(text('The name that stands for its newest version.')),
  maxCpus: integer('Most virtual CPUs.'),
  hotplugCpus: flag('CPUs can be plugged in while the guest runs.'),
  isDefault: flag("QEMU's own default; libvirt may prefer another, which then comes first in the list."),
  defaultCpu: optional(text('The QOM type of the CPU a guest gets that names none.')),
  numaMemSupported: flag('Memory of NUMA nodes may be given by its size, without a back-end.'),
  defaultRamId: optional(text("The id QEMU expects on the memory back-end that replaces the machine's own RAM.")),
  deprecated: flag('QEMU will drop it.'),
  acpi: oneOf('Whether it has ACPI; unknown where QEMU is older than the answer.', 'yes', 'no', 'unknown'),
})

export type MachineType = Of<typeof machineShape>

const cpuModelShape = record('A CPU model.', {
  name: text('Its name.'),
  type: optional(text('Its QOM type, where QEMU tells it.')),
  usable: oneOf(
    'Whether the host that answered can run it; unknown where QEMU cannot tell or the host is another one.',
    'yes',
    'no',
    'unknown',
  ),
  blockers: list("The features the host lacks, in QEMU's order; empty unless usable is no.", text('A feature.')),
  deprecated: flag('QEMU will drop it.'),
})

export type CpuModel = Of<typeof cpuModelShape>

const propertyFields = {
  name: text('Its name.'),
  migratable: optional(flag('Whether a guest that has it can migrate; missing where QEMU does not tell.')),
}

const propertyShape = union(
  'A property of the host CPU.',
  'type',
  record('A switch.', { type: oneOf('Its type.', 'boolean'), ...propertyFields, value: flag('Its value.') }),
  record('A number.', {
    type: oneOf('Its type.', 'number'),
    ...propertyFields,
    value: integer('Its value.', Number.MIN_SAFE_INTEGER),
  }),
  record('A text.', { type: oneOf('Its type.', 'string'), ...propertyFields, value: text('Its value.') }),
)

export type HostCpuProperty = Of<typeof propertyShape>

const hostCpuShape = record(
  "The host's CPU as an accelerator offers it to guests: QEMU's expansion of host (KVM, HVF) or max (TCG).",
  {
    model: text('The model that it expands to.'),
    migratability: flag('QEMU told migratable features from others.'),
    properties: list("Its properties in QEMU's order.", propertyShape),
  },
)

export type HostCpu = Of<typeof hostCpuShape>

const acceleratorShape = record('What one accelerator of a build offers.', {
  machines: list('Machine types, the preferred one first.', machineShape),
  cpuModels: list("CPU models in QEMU's order.", cpuModelShape),
  hostCpu: optional(hostCpuShape),
  deprecatedFeatures: optional(
    list('CPU features that a guest is better without; missing where QEMU does not tell.', text('A feature.')),
  ),
})

export type AcceleratorTable = Of<typeof acceleratorShape>

const gicShape = record('A version of the generic interrupt controller.', {
  version: oneOf('The version.', '2', '3', '4'),
  kernel: flag("The host's kernel has it."),
  emulated: flag('QEMU emulates it.'),
})

export type GicCapability = Of<typeof gicShape>

const sevShape = record('AMD SEV of the host.', {
  cbitpos: integer('The bit of a guest physical address that marks a page as encrypted.'),
  reducedPhysBits: integer('How many physical address bits are lost.'),
  pdh: text('Diffie-Hellman key of the platform, base64.'),
  certChain: text('Its certificate chain, base64.'),
  cpu0Id: optional(text('Id of the first CPU, base64.')),
})

export type SevCapability = Of<typeof sevShape>

const sgxShape = record('Intel SGX of the host.', {
  flc: flag('Flexible launch control.'),
  sgx1: flag('SGX 1.'),
  sgx2: flag('SGX 2.'),
  sectionSizeKiB: integer('Size of all sections, KiB.'),
  sections: list(
    'Sections of the enclave page cache.',
    record('A section.', { node: integer('Its NUMA node.'), sizeKiB: integer('Its size, KiB.') }),
  ),
})

export type SgxCapability = Of<typeof sgxShape>

const acceleratorsShape = record('What each accelerator of the build offers.', {
  kvm: optional(acceleratorShape),
  tcg: optional(acceleratorShape),
  hvf: optional(acceleratorShape),
})

export type HypervValues = NonNullable<Of<typeof tableFields.hypervValues>>

/** Everything of a table but its flags, which the file holds as plain names. */
export const tableFields = {
  label: text("What --qemu calls the build: the recording's name, or the version a probed build reports."),
  version: versionShape,
  package: text('What the packager calls the build.'),
  arch: oneOf("The guest's architecture.", ...archs),
  accelerators: acceleratorsShape,
  gic: list('Versions of the generic interrupt controller.', gicShape),
  sev: optional(sevShape),
  sgx: optional(sgxShape),
  hyperv: optional(
    list(
      "Hyper-V enlightenments that the host's KVM offers, and switches inside them, under libvirt's names.",
      text('An enlightenment.'),
    ),
  ),
  hypervValues: optional(
    record('Enlightenments that are more than a switch, as the host offers them (libvirt since 11.9).', {
      spinlocks: optional(integer('Retries of a spinlock.')),
      vendorId: optional(text('The vendor that the guest sees.')),
    }),
  ),
  recordedOn: oneOf(
    "host: made on the host it is used for. elsewhere: it knows nothing of the user's host.",
    'host',
    'elsewhere',
  ),
} as const

const tableShape = record('A capability table.', tableFields)

/** A capability table as plain data: what is stored, loaded and derived. */
export interface CapabilityTable extends Of<typeof tableShape> {
  readonly flags: readonly Flag[]
}
