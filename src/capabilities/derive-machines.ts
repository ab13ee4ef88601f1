import { countOf, type JsonObject, objectsOf, textOf } from '../json/loose.ts'
import type { Arch, MachineType, Tristate } from './capabilities.ts'
import { answerTo, type Session } from './dialogue.ts'

/** Where QEMU has no useful default, libvirt puts the machine first that is made for virtualisation. */
const preferredMachines: { readonly [arch in Arch]?: string } = {
  aarch64: 'virt',
  armv7l: 'virt',
  loongarch64: 'virt',
  riscv32: 'virt',
  riscv64: 'virt',
}

/**
 * The machine types of a session, the preferred first and the others as QEMU lists them. The empty machine `none` runs
 * no guest and is left out.
 */
export function machinesOf(session: Session, arch: Arch): MachineType[] {
  const entries = objectsOf(answerTo(session, { execute: 'query-machines' })).filter((entry) => entry.name !== 'none')
  const preferred = preferredMachines[arch]
  const isPreferred = (entry: JsonObject) =>
    preferred === undefined ? entry['is-default'] === true : [entry.name, entry.alias].includes(preferred)
  const first = entries.find(isPreferred)
  const others = entries.filter((entry) => entry !== first)
  return [...(first === undefined ? [] : [first]), ...others].map(machineOf)
}

function machineOf(entry: JsonObject): MachineType {
  const [alias, defaultCpu] = [textOf(entry.alias), textOf(entry['default-cpu-type'])]
  const defaultRamId = textOf(entry['default-ram-id'])
  return {
    name: textOf(entry.name) ?? '',
    ...(alias !== undefined && { alias }),
    maxCpus: countOf(entry['cpu-max']) ?? 0,
    hotplugCpus: entry['hotpluggable-cpus'] === true,
    isDefault: entry['is-default'] === true,
    ...(defaultCpu !== undefined && { defaultCpu }),
    numaMemSupported: entry['numa-mem-supported'] === true,
    ...(defaultRamId !== undefined && { defaultRamId }),
    deprecated: entry.deprecated === true,
    acpi: acpiOf(entry),
  }
}

function acpiOf(entry: JsonObject): Tristate {
  if (typeof entry.acpi !== 'boolean') return 'unknown'
  return entry.acpi ? 'yes' : 'no'
}
