import { type Arch, isArch } from '../../capabilities/capabilities.ts'
import { type CpuFacts, cpuFacts } from '../../cpu-facts/cpu-facts.ts'
import { nearestModel } from '../../cpu-facts/nearest.ts'
import { own } from '../../own.ts'
import type { HostCpu } from '../facts.ts'
import { numbered, numberIn, type TreeReader } from './reader.ts'

const cpus = 'sys/devices/system/cpu'

/** `uname -m` by libvirt's name, where they differ. */
const architectures: Readonly<Record<string, string>> = { i386: 'i686', i586: 'i686', arm: 'armv7l' }

/** libvirt's name of the machine's architecture; undefined before Linux 6.1, which does not show it in /proc. */
export function recordArch(reader: TreeReader): string | undefined {
  const machine = reader.text('proc/sys/kernel/arch')
  return machine === undefined ? undefined : (own(architectures, machine) ?? machine)
}

/** The first value of a field of /proc/cpuinfo. */
function cpuinfo(reader: TreeReader, field: string): string | undefined {
  return new RegExp(`^${field}\\s*:\\s*(.*)$`, 'm').exec(reader.text('proc/cpuinfo') ?? '')?.[1]
}

/** Topology, and the processor in libvirt's words where the kernel shows its features. */
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
  return {
    arch,
    ...describe(reader, arch),
    sockets: sockets.size,
    cores: Math.max(1, Math.floor(cores.size / sockets.size)),
    threads: Math.max(1, Math.floor(threads / cores.size)),
  }
}

/** Width of physical addresses in bits. */
export function recordPhysicalAddressBits(reader: TreeReader): number | undefined {
  const bits = /(\d+) bits physical/.exec(cpuinfo(reader, 'address sizes') ?? '')?.[1]
  return bits === undefined ? undefined : Number(bits)
}

/**
 * Vendor, model and features as libvirt would name them: by what the processor itself answers where its device can be
 * read, else by what the kernel shows, which are the features that it uses.
 */
function describe(reader: TreeReader, arch: string): Pick<HostCpu, 'vendor' | 'model' | 'features' | 'missing'> {
  const facts = isArch(arch) ? cpuFacts(arch as Arch) : undefined
  if (facts === undefined) return { features: [] }
  const vendor = facts.vendorOf(cpuinfo(reader, 'vendor_id') ?? '')
  const flags = cpuinfo(reader, 'flags')?.split(' ') ?? []
  const features = askedFeatures(reader, facts) ?? namedFeatures(flags, facts)
  if (features.size === 0) return { vendor, features: [] }
  const candidates = [...facts.models.values()]
    .filter(({ forHost }) => forHost)
    .map(({ name }) => ({ name, blockers: [] }))
  const nearest = nearestModel(facts, { vendor, signature: signatureOf(reader), features }, candidates)
  if (nearest === undefined) return { vendor, features: [...features] }
  // What only a model-specific register tells cannot be read: it is not known to be missing.
  const missing = nearest.disable.filter((name) => facts.features.get(name)?.bit?.kind === 'cpuid')
  return { vendor, model: nearest.model, features: nearest.enable, missing }
}

/** What only Linux calls so (Linux: arch/x86/include/asm/cpufeatures.h). */
const linuxNames: Readonly<Record<string, string>> = { tsc_deadline_timer: 'tsc-deadline', nonstop_tsc: 'invtsc' }

const registers = ['eax', 'ebx', 'ecx', 'edx']

/** What the processor answers (Linux: cpuid(4), a file in which each leaf stands at its number, 16 bytes a leaf). */
function askedFeatures(reader: TreeReader, facts: CpuFacts): ReadonlySet<string> | undefined {
  const answers = new Map<number, DataView | undefined>()
  const ask = (leaf: number, subleaf = 0) => {
    const at = leaf + subleaf * 2 ** 32
    if (!answers.has(at)) {
      const bytes = reader.bytes('dev/cpu/0/cpuid', at, 16)
      answers.set(at, bytes?.length === 16 ? new DataView(bytes.buffer, bytes.byteOffset, 16) : undefined)
    }
    return answers.get(at)
  }
  if (ask(0) === undefined) return undefined
  const found = new Set<string>()
  for (const { name, bit } of facts.features.values()) {
    if (bit?.kind !== 'cpuid') continue
    // Beyond its last leaf a processor answers with something else.
    const last = ask(bit.leaf >= 0x80000000 ? 0x80000000 : 0)?.getUint32(0, true) ?? 0
    if (bit.leaf > last) continue
    const value = ask(bit.leaf, bit.subleaf)?.getUint32(4 * registers.indexOf(bit.register), true) ?? 0
    if (((value >>> bit.bit) & 1) === 1) found.add(name)
  }
  return found
}

/** The kernel spells with underscores what others spell with dashes, dots or nothing. */
const bare = (name: string) => name.replace(/[-_.]/g, '')

function namedFeatures(flags: readonly string[], facts: CpuFacts): ReadonlySet<string> {
  const bySpelling = new Map([...facts.features.keys()].map((name) => [bare(name), name]))
  return new Set(
    flags.flatMap((flag) => facts.feature(flag)?.name ?? own(linuxNames, flag) ?? bySpelling.get(bare(flag)) ?? []),
  )
}

function signatureOf(reader: TreeReader): Parameters<CpuFacts['hasSignature']>[1] | undefined {
  const [family, model, stepping] = ['cpu family', 'model', 'stepping'].map((field) => Number(cpuinfo(reader, field)))
  return family === undefined || model === undefined || Number.isNaN(family + model)
    ? undefined
    : { family, model, stepping }
}
