import {
  type Accelerator,
  type AcceleratorTable,
  type Arch,
  accelerators,
  type CapabilityTable,
  type CpuModel,
  type GicCapability,
  type MachineType,
  type QemuVersion,
  type SevCapability,
  type SgxCapability,
  type Tristate,
} from '../capabilities.ts'
import { isFlag } from '../flags.ts'
import { linesAt } from './ranges.ts'

/**
 * All built-in tables of one architecture. What builds share stands once:
 *
 * - `flags`: `NAME BUILDS` with the builds that have it as a hexadecimal number, build 0 the lowest bit;
 * - `machines`: `NAME MAXCPUS LETTERS DEFAULTCPU DEFAULTRAM ALIAS`, `-` for nothing. Letters: `h` hotpluggable CPUs,
 *   `d` default, `n` memory for NUMA nodes by size, `x` deprecated, `a` ACPI, `A` no ACPI;
 * - `cpuModels`: `NAME TYPE LETTERS BLOCKERS`. Letters: `y` usable, `n` not usable, `x` deprecated; blockers joined by
 *   commas;
 * - `lists`: positions in one of the two, in order, as ranges: `7,0-6`.
 */
export interface BuiltinFamily {
  readonly flags: readonly string[]
  readonly machines: readonly string[]
  readonly cpuModels: readonly string[]
  readonly lists: readonly string[]
  readonly builds: readonly BuiltinFacts[]
}

/** What one build has; an accelerator is a pair of lists, machine types and CPU models. */
export interface BuiltinFacts extends Pick<CapabilityTable, 'hyperv'> {
  readonly kvm?: readonly [number, number]
  readonly tcg?: readonly [number, number]
  readonly hvf?: readonly [number, number]
  readonly gic?: readonly GicCapability[]
  readonly sev?: SevCapability
  readonly sgx?: SgxCapability
  /** The same for every accelerator in each recording. */
  readonly deprecatedFeatures?: readonly string[]
}

/** What is known of a build before its table is loaded. */
export interface BuiltinBuild {
  readonly label: string
  readonly arch: Arch
  /** Set where the recording host was special: `hvf`. */
  readonly variant?: string
  readonly version: QemuVersion
  readonly package: string
}

/** Unfolds the table of the build at a position of its family. */
export function unfold(family: BuiltinFamily, position: number, build: BuiltinBuild): CapabilityTable {
  const facts = family.builds[position] ?? {}
  const { gic = [], sev, sgx, hyperv, deprecatedFeatures } = facts
  const byAccelerator: { [accelerator in Accelerator]?: AcceleratorTable } = {}
  for (const accelerator of accelerators) {
    const lists = facts[accelerator]
    if (lists === undefined) continue
    const [machines, cpuModels] = lists
    byAccelerator[accelerator] = {
      machines: linesAt(family.lists[machines], family.machines).map(machineOf),
      cpuModels: linesAt(family.lists[cpuModels], family.cpuModels).map(cpuModelOf),
      ...(deprecatedFeatures && { deprecatedFeatures }),
    }
  }
  return {
    label: build.label,
    version: build.version,
    package: build.package,
    arch: build.arch,
    flags: flagsOf(family.flags, position),
    accelerators: byAccelerator,
    gic,
    ...(sev && { sev }),
    ...(sgx && { sgx }),
    ...(hyperv && { hyperv }),
    recordedOn: 'elsewhere',
  }
}

function flagsOf(lines: readonly string[], position: number): CapabilityTable['flags'] {
  return lines
    .filter((line) => {
      const builds = Number.parseInt(line.slice(line.indexOf(' ') + 1), 16)
      return Math.floor(builds / 2 ** position) % 2 === 1
    })
    .map((line) => line.slice(0, line.indexOf(' ')))
    .filter(isFlag)
}

function machineOf(line: string): MachineType {
  const [name = '', maxCpus, letters = '', defaultCpu, defaultRamId, alias] = line.split(' ')
  return {
    name,
    ...(alias !== '-' && { alias }),
    maxCpus: Number(maxCpus),
    hotplugCpus: letters.includes('h'),
    isDefault: letters.includes('d'),
    ...(defaultCpu !== '-' && { defaultCpu }),
    numaMemSupported: letters.includes('n'),
    ...(defaultRamId !== '-' && { defaultRamId }),
    deprecated: letters.includes('x'),
    acpi: tristate(letters, 'a', 'A'),
  }
}

function cpuModelOf(line: string): CpuModel {
  const [name = '', type, letters = '', blockers = '-'] = line.split(' ')
  return {
    name,
    ...(type !== '-' && { type }),
    usable: tristate(letters, 'y', 'n'),
    blockers: blockers === '-' ? [] : blockers.split(','),
    deprecated: letters.includes('x'),
  }
}

function tristate(letters: string, yes: string, no: string): Tristate {
  if (letters.includes(yes)) return 'yes'
  return letters.includes(no) ? 'no' : 'unknown'
}
