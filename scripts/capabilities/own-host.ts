import type {
  AcceleratorTable,
  Arch,
  CapabilityTable,
  CpuModel,
  GicCapability,
  MachineType,
} from '../../src/capabilities/capabilities.ts'

/** What the host of an architecture adds to a build that was probed elsewhere. */
interface OwnHost {
  /** The QOM type of the model `host`. */
  readonly hostCpu: string
  /** The machines whose guests get that model by default. */
  readonly hostCpuIsDefault?: (machine: MachineType) => boolean
  readonly gic?: readonly GicCapability[]
}

/** As recordings on such hosts show it. */
const ownHosts: { readonly [arch in Arch]?: OwnHost } = {
  aarch64: {
    hostCpu: 'host-arm-cpu',
    gic: [
      { version: '3', kernel: true, emulated: true },
      { version: '2', kernel: false, emulated: true },
    ],
  },
  ppc64: { hostCpu: 'host-powerpc64-cpu', hostCpuIsDefault: ({ name }) => name.startsWith('pseries') },
  riscv64: { hostCpu: 'host-riscv-cpu' },
  s390x: { hostCpu: 'host-s390x-cpu', hostCpuIsDefault: () => true },
  x86_64: { hostCpu: 'host-x86_64-cpu' },
}

/**
 * A build that was probed with emulation alone, as a host of its own architecture with KVM has it: a guest of the type
 * kvm is then no error. Machine types and CPU models of the two accelerators are the same in every recording, but for
 * the model `host`.
 */
export function onOwnHost(table: CapabilityTable): CapabilityTable {
  const { kvm, tcg } = table.accelerators
  const own = ownHosts[table.arch]
  if (kvm !== undefined || tcg === undefined || own === undefined) return table
  const flags = [...table.flags, 'kvm' as const].sort()
  return { ...table, flags, gic: own.gic ?? table.gic, accelerators: { ...table.accelerators, kvm: kvmOf(tcg, own) } }
}

function kvmOf(tcg: AcceleratorTable, { hostCpu, hostCpuIsDefault }: OwnHost): AcceleratorTable {
  const host: CpuModel = { name: 'host', type: hostCpu, usable: 'unknown', blockers: [], deprecated: false }
  const others = tcg.cpuModels.filter(({ name }) => name !== 'host')
  const machines = tcg.machines.map((machine) =>
    hostCpuIsDefault?.(machine) ? { ...machine, defaultCpu: hostCpu } : machine,
  )
  const { deprecatedFeatures } = tcg
  return { machines, cpuModels: [...others, host], ...(deprecatedFeatures && { deprecatedFeatures }) }
}
