import { readdirSync, readFileSync } from 'node:fs'
import type { BuiltinBuild, BuiltinFacts, BuiltinFamily } from '../src/capabilities/builtin/format.ts'
import {
  type Accelerator,
  type AcceleratorTable,
  accelerators,
  type CapabilityTable,
  type CpuModel,
  type MachineType,
} from '../src/capabilities/capabilities.ts'
import { derive } from '../src/capabilities/derive.ts'
import { dialogueOfRecording } from '../src/capabilities/dialogue.ts'
import { compareLabels } from '../src/capabilities/label.ts'
import { runGenerator } from './generated.ts'

interface Recorded {
  readonly build: BuiltinBuild
  readonly table: CapabilityTable
}

/** `caps_9.0.0_x86_64+hvf.replies`: label, architecture, variant. */
const recordingName = /^caps_([\d.]+)_([^+]+?)(?:\+(.+))?\.replies$/

function recorded(folder: string): Recorded[] {
  const builds = readdirSync(folder).flatMap((file) => {
    const [, label = '', , variant] = recordingName.exec(file) ?? []
    if (label === '') return []
    const dialogue = dialogueOfRecording(readFileSync(`${folder}/${file}`, 'utf8'))
    const { capabilities } = derive(dialogue, { hvf: variant === 'hvf' }, label)
    if (capabilities === undefined) throw new Error(`${file} is no recording`)
    const { arch, version } = capabilities
    const build = { label, arch, ...(variant && { variant }), version, package: capabilities.package }
    return [{ build, table: capabilities.table }]
  })
  return builds.sort(
    (a, b) =>
      compareLabels(a.build.label, b.build.label) || (a.build.variant ?? '').localeCompare(b.build.variant ?? ''),
  )
}

/** Lines in the order in which they are first used. */
class Lines {
  readonly lines: string[] = []
  readonly #positions = new Map<string, number>()

  position(line: string): number {
    const found = this.#positions.get(line)
    if (found !== undefined) return found
    this.#positions.set(line, this.lines.length)
    return this.lines.push(line) - 1
  }
}

function familyOf(tables: readonly CapabilityTable[]): BuiltinFamily {
  const [machines, cpuModels, lists] = [new Lines(), new Lines(), new Lines()]
  const listsOf = (accelerator: Accelerator, table: AcceleratorTable): readonly [number, number] => [
    lists.position(ranges(table.machines.map((machine) => machines.position(machineLine(machine))))),
    lists.position(ranges(table.cpuModels.map((model) => cpuModels.position(cpuModelLine(model, accelerator))))),
  ]
  // The newest build first: its lists are then short, and the older ones differ by little.
  const builds = tables
    .toReversed()
    .map((table): BuiltinFacts => {
      const { gic, sev, sgx, hyperv } = table
      const present = accelerators.filter((accelerator) => table.accelerators[accelerator] !== undefined)
      return {
        ...Object.fromEntries(present.map((name) => [name, listsOf(name, table.accelerators[name]!)])),
        ...(gic.length > 0 && { gic }),
        ...(sev && { sev }),
        ...(sgx && { sgx }),
        ...(hyperv && { hyperv }),
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

function ranges(positions: readonly number[]): string {
  const runs: [number, number][] = []
  for (const position of positions) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] === position - 1) run[1] = position
    else runs.push([position, position])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',')
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

function familyModule(family: BuiltinFamily): string {
  return [
    '// Generated by npm run gen:capabilities: see format.ts',
    "import type { BuiltinFamily } from './format.ts'",
    '',
    `export const family: BuiltinFamily = ${json(family)}`,
    '',
  ].join('\n')
}

function indexModule(builds: readonly BuiltinBuild[], archs: readonly string[]): string {
  return [
    '// Generated by npm run gen:capabilities: see format.ts',
    "import type { BuiltinBuild, BuiltinFamily } from './format.ts'",
    '',
    `export const builds: readonly BuiltinBuild[] = [\n${builds.map((build) => `  ${JSON.stringify(build)},`).join('\n')}\n]`,
    '',
    'export const families: Readonly<Record<string, () => Promise<{ readonly family: BuiltinFamily }>>> = {',
    ...archs.map((arch) => `  ${arch}: () => import('./${arch}.gen.ts'),`),
    '}',
    '',
  ].join('\n')
}

/** JSON with one line for each item of a list. */
function json(family: BuiltinFamily): string {
  const lists = Object.entries(family).map(([name, items]: [string, readonly unknown[]]) => {
    return `  ${name}: [\n${items.map((item) => `    ${JSON.stringify(item)},`).join('\n')}\n  ],`
  })
  return `{\n${lists.join('\n')}\n}`
}

runGenerator('gen:capabilities', (shared) => {
  const all = recorded(`${shared}/corpus/qemucapabilitiesdata`)
  const archs = [...new Set(all.map(({ build }) => build.arch))].sort()
  const families = archs.map((arch) => ({
    path: `src/capabilities/builtin/${arch}.gen.ts`,
    text: familyModule(familyOf(all.filter(({ build }) => build.arch === arch).map(({ table }) => table))),
  }))
  const builds = archs.flatMap((arch) => all.map(({ build }) => build).filter((build) => build.arch === arch))
  return [...families, { path: 'src/capabilities/builtin/index.gen.ts', text: indexModule(builds, archs) }]
})
