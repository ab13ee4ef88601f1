import {
  type Accelerator,
  type Capabilities,
  type CpuModel,
  type MachineType,
  versionText,
} from '../../capabilities/capabilities.ts'
import { printCapabilities } from '../../capabilities/file.ts'
import { columns } from './columns.ts'

/** What to show of a table: everything in short, or one list in full. */
export type Part = 'summary' | 'flags' | 'machines' | 'cpus'

export function showText(capabilities: Capabilities, part: Part): string {
  return texts[part](capabilities)
}

/** The same as data; the summary is the whole table, as a capability file. */
export function showData(capabilities: Capabilities, part: Part): unknown {
  return data[part](capabilities)
}

const texts: { readonly [part in Part]: (capabilities: Capabilities) => string } = {
  summary: summaryText,
  flags: (capabilities) => [...capabilities.flags].map((flag) => `${flag}\n`).join(''),
  machines: (capabilities) =>
    perAccelerator(capabilities, (accelerator) => columns(capabilities.machines(accelerator).map(machineRow))),
  cpus: (capabilities) =>
    perAccelerator(capabilities, (accelerator) => columns(capabilities.cpuModels(accelerator).map(cpuModelRow))),
}

const data: { readonly [part in Part]: (capabilities: Capabilities) => unknown } = {
  summary: (capabilities) => JSON.parse(printCapabilities(capabilities.table)),
  flags: (capabilities) => [...capabilities.flags],
  machines: (capabilities) => lists(capabilities, (accelerator) => capabilities.machines(accelerator)),
  cpus: (capabilities) => lists(capabilities, (accelerator) => capabilities.cpuModels(accelerator)),
}

function lists(capabilities: Capabilities, of: (accelerator: Accelerator) => readonly unknown[]): object {
  return Object.fromEntries(capabilities.accelerators.map((accelerator) => [accelerator, of(accelerator)]))
}

function perAccelerator(capabilities: Capabilities, text: (accelerator: Accelerator) => string): string {
  return capabilities.accelerators.map((accelerator) => `# ${accelerator}\n${text(accelerator)}`).join('\n')
}

function summaryText(capabilities: Capabilities): string {
  const { label, version, arch, flags, gic, sev, sgx, hyperv } = capabilities
  const reported = versionText(version)
  const facts: [string, string][] = [
    ['QEMU', reported === label ? label : `${label} (reports ${reported})`],
    ['package', capabilities.package],
    ['architecture', arch],
    ['flags', `${flags.size}`],
    ...capabilities.accelerators.map((accelerator): [string, string] => [
      accelerator,
      offered(capabilities, accelerator),
    ]),
    ['GIC', gic.map((entry) => entry.version).join(', ')],
    ['SEV', sev === undefined ? '' : `C-bit ${sev.cbitpos}`],
    ['SGX', sgx === undefined ? '' : `${sgx.sectionSizeKiB} KiB`],
    ['Hyper-V', hyperv?.join(', ') ?? ''],
    ['host', capabilities.recordedOn === 'host' ? 'made on the host it is used for' : 'another one: no host CPU'],
  ]
  return columns(facts.filter(([, value]) => value !== '').map(([name, value]) => [`${name}:`, value]))
}

function offered(capabilities: Capabilities, accelerator: Accelerator): string {
  const machines = capabilities.machines(accelerator)
  const host = capabilities.hostCpu(accelerator)
  const parts = [
    `${machines.length} machine types`,
    `${capabilities.cpuModels(accelerator).length} CPU models`,
    ...(machines[0] === undefined ? [] : [`default machine ${machines[0].name}`]),
    ...(host === undefined ? [] : [`host CPU ${host.model} of ${host.properties.length} properties`]),
  ]
  return parts.join(', ')
}

function machineRow(machine: MachineType): string[] {
  const notes = [
    machine.alias === undefined ? '' : `alias ${machine.alias}`,
    machine.isDefault ? 'default' : '',
    machine.hotplugCpus ? 'CPU hotplug' : '',
    machine.deprecated ? 'deprecated' : '',
  ]
  return [machine.name, `${machine.maxCpus} CPUs`, notes.filter((note) => note !== '').join(', ')]
}

function cpuModelRow(model: CpuModel): string[] {
  const usable = { yes: 'usable', no: `not usable: lacks ${model.blockers.join(', ')}`, unknown: '' }[model.usable]
  return [model.name, [usable, model.deprecated ? 'deprecated' : ''].filter((note) => note !== '').join(', ')]
}
