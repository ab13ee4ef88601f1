import type { BuiltinFacts, BuiltinFamily } from '../../src/capabilities/builtin/format.ts'
import { rangesText } from '../../src/capabilities/builtin/ranges.ts'
import {
  type Accelerator,
  type AcceleratorTable,
  accelerators,
  type CapabilityTable,
  type CpuModel,
  type MachineType,
} from '../../src/capabilities/capabilities.ts'
import { Lines } from '../lines.ts'

/** The tables of one architecture, from the oldest to the newest, as one family. */
export function familyOf(tables: readonly CapabilityTable[]): BuiltinFamily {
  const [machines, cpuModels, lists] = [new Lines(), new Lines(), new Lines()]
  const listsOf = (accelerator: Accelerator, table: AcceleratorTable): readonly [number, number] => [
    lists.position(rangesText(table.machines.map((machine) => machines.position(machineLine(machine))))),
    lists.position(rangesText(table.cpuModels.map((model) => cpuModels.position(cpuModelLine(model, accelerator))))),
  ]
  // The newest build first: its lists are then short, and the older ones differ by little.
  const builds = tables
    .toReversed()
    .map((table): BuiltinFacts => {
      const { gic, sev, sgx, hyperv } = table
      const present = accelerators.filter((accelerator) => table.accelerators[accelerator] !== undefined)
      const [deprecatedFeatures] = present.flatMap((name) => {
        const features = table.accelerators[name]?.deprecatedFeatures
        return features ? [features] : []
      })
      return {
        ...Object.fromEntries(present.map((name) => [name, listsOf(name, table.accelerators[name]!)])),
        ...(gic.length > 0 && { gic }),
        ...(sev && { sev }),
        ...(sgx && { sgx }),
        ...(hyperv && { hyperv }),
        ...(deprecatedFeatures && { deprecatedFeatures }),
      }
    })
    .toReversed()
  const flags = [...new Set(tables.flatMap((table) => table.flags))].sort()
  return {
    flags: flags.map((flag) => `${flag} ${buildsWith(tables, (table) => table.flags.includes(flag))}`),
    machines: machines.lines,
    cpuModels: cpuModels.lines,
    lists: lists.lines,
    builds,
  }
}

function buildsWith(tables: readonly CapabilityTable[], has: (table: CapabilityTable) => boolean): string {
  return tables.reduce((mask, table, position) => mask + (has(table) ? 2 ** position : 0), 0).toString(16)
}

function machineLine(machine: MachineType): string {
  const letters =
    (machine.hotplugCpus ? 'h' : '') +
    (machine.isDefault ? 'd' : '') +
    (machine.numaMemSupported ? 'n' : '') +
    (machine.deprecated ? 'x' : '') +
    { yes: 'a', no: 'A', unknown: '' }[machine.acpi]
  return lineOf(machine.name, `${machine.maxCpus}`, letters, machine.defaultCpu, machine.defaultRamId, machine.alias)
}

/** What hardware can run is a fact of the recording host, not of the build; what TCG can run is one of the build. */
function cpuModelLine(model: CpuModel, accelerator: Accelerator): string {
  const ofBuild = accelerator === 'tcg'
  const usable = ofBuild ? { yes: 'y', no: 'n', unknown: '' }[model.usable] : ''
  const blockers = ofBuild ? model.blockers.join(',') : ''
  return lineOf(model.name, model.type, usable + (model.deprecated ? 'x' : ''), blockers)
}

function lineOf(...words: readonly (string | undefined)[]): string {
  const line = words.map((word) => word || '-')
  if (line.some((word) => /\s/.test(word))) throw new Error(`a name holds a space: ${line.join(' ')}`)
  return line.join(' ')
}

/** JSON with one line for each item of a list. */
export function familyText(family: BuiltinFamily): string {
  const lists = Object.entries(family).map(([name, items]: [string, readonly unknown[]]) => {
    return `  "${name}": [\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
  })
  return `{\n${lists.join(',\n')}\n}`
}
