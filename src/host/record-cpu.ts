import type { HostCpu } from './facts.ts'
import { numbered, numberIn, type TreeReader } from './record-reader.ts'

const cpus = 'sys/devices/system/cpu'

/** libvirt's names of the vendors that /proc/cpuinfo names (libvirt: cpu_map/x86_vendors.xml). */
const vendors: Readonly<Record<string, string>> = {
  GenuineIntel: 'Intel',
  AuthenticAMD: 'AMD',
  HygonGenuine: 'Hygon',
}

/** `uname -m` by libvirt's name, where they differ. */
const architectures: Readonly<Record<string, string>> = { i386: 'i686', i586: 'i686', arm: 'armv7l' }

/** libvirt's name of the machine's architecture; undefined before Linux 6.1, which does not show it in /proc. */
export function recordArch(reader: TreeReader): string | undefined {
  const machine = reader.text('proc/sys/kernel/arch')
  return machine === undefined ? undefined : (architectures[machine] ?? machine)
}

/** The first value of a field of /proc/cpuinfo. */
function cpuinfo(reader: TreeReader, field: string): string | undefined {
  return new RegExp(`^${field}\\s*:\\s*(.*)$`, 'm').exec(reader.text('proc/cpuinfo') ?? '')?.[1]
}

/** Topology and vendor. Model and features are for a probed QEMU to tell: the kernel's names are not libvirt's. */
export function recordCpu(reader: TreeReader, arch: string): HostCpu | undefined {
  const sockets = new Set<number>()
  const cores = new Set<string>()
  let threads = 0
  for (const [, name] of numbered(reader, cpus, 'cpu')) {
    const socket = numberIn(reader, `${cpus}/${name}/topology/physical_package_id`)
    const core = numberIn(reader, `${cpus}/${name}/topology/core_id`)
    // A processor that is switched off has no topology.
    if (socket === undefined || core === undefined) continue
    const die = numberIn(reader, `${cpus}/${name}/topology/die_id`) ?? 0
    sockets.add(socket)
    cores.add(`${socket}.${die}.${core}`)
    threads += 1
  }
  if (threads === 0) return undefined
  const vendorId = cpuinfo(reader, 'vendor_id')
  return {
    arch,
    vendor: vendorId === undefined ? undefined : vendors[vendorId],
    sockets: sockets.size,
    cores: Math.max(1, Math.floor(cores.size / sockets.size)),
    threads: Math.max(1, Math.floor(threads / cores.size)),
    features: [],
  }
}

/** Width of physical addresses in bits. */
export function recordPhysicalAddressBits(reader: TreeReader): number | undefined {
  const bits = /(\d+) bits physical/.exec(cpuinfo(reader, 'address sizes') ?? '')?.[1]
  return bits === undefined ? undefined : Number(bits)
}
