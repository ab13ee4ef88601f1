import { appendFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { argumentText } from '../src/argv/command-line.ts'
import { chooseBuild, loadBuiltin } from '../src/capabilities/builtin.ts'
import type { Arch } from '../src/capabilities/capabilities.ts'
import { type CapabilityChanges, withChanges } from '../src/capabilities/changes.ts'
import type { ConvertOptions } from '../src/conversion.ts'
import { convert } from '../src/convert.ts'
import type { HostFile } from '../src/host/file.ts'
import { genericHost } from '../src/host/generic.ts'
import type { Host } from '../src/host/host.ts'
import { keysGiven } from '../src/host/standing.ts'
import { Release, type ReleaseName } from '../src/release/release.ts'
import { provenanceFaults } from './laws/provenance.ts'

export interface GuestOptions {
  readonly arch?: Arch
  readonly machine?: string
  /** The built-in table; QEMU 9.0 or the newest older one where absent. */
  readonly qemu?: string
  /** Children of `<os>` after its type. */
  readonly os?: string
  readonly firmware?: 'efi' | 'bios'
  readonly type?: 'qemu' | 'kvm' | 'hvf'
  readonly incoming?: ConvertOptions['incoming']
  readonly native?: boolean
  /** What stands beside `<devices>`. */
  readonly sections?: string
  /** Changes to the generic host. */
  readonly host?: Partial<Host>
  /** Changes to the driver's configuration. */
  readonly config?: Partial<Host['config']>
  /** A new guest; an existing one where absent. */
  readonly abiUpdate?: boolean
  /** The libvirt that answers; 10.1 where absent. */
  readonly release?: ReleaseName
  /** Changes to the table. */
  readonly capabilities?: CapabilityChanges
}

/** What the tests ask is what rule pages show: `npm run gen:examples` sets the name of a file, and gets a line for each guest. */
function record(asked: { source: string; devices: string; options: GuestOptions; codes: readonly string[] }): void {
  const file = process.env.DOMXML_RECORD_GUESTS
  if (file !== undefined && asked.codes.length > 0) appendFileSync(file, `${JSON.stringify(asked)}\n`)
}

/** A small guest around some devices, converted with a built-in table: XML, options as lines, and codes of findings. Where a line comes from is checked, and that findings are the same where nothing is printed. */
export async function guest(devices: string, options: GuestOptions = {}) {
  const {
    arch = 'x86_64',
    machine = 'pc',
    qemu = '9.0.0',
    sections = '',
    abiUpdate = false,
    incoming,
    native,
  } = options
  const { os = '', firmware, type = 'qemu', release = '10.1' } = options
  const { build } = chooseBuild(arch, qemu)
  if (build === undefined) throw new Error(`no table of ${qemu} for ${arch}`)
  const generic = genericHost(arch)
  const given = keysGiven({ ...options.host, config: options.config } as HostFile)
  const host: Host = {
    ...generic,
    ...options.host,
    config: { ...generic.config, ...options.config },
    standing: (key) => (given.has(key) ? 'described' : generic.standing(key)),
  }
  const source = `<domain type='${type}' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>guest</name>
  <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
  <memory unit='MiB'>256</memory>
  <os${firmware ? ` firmware='${firmware}'` : ''}><type arch='${arch}' machine='${machine}'>hvm</type>${os}</os>
  ${sections}
  <devices>${devices}</devices>
</domain>`
  const table = await loadBuiltin(build)
  const capabilities = options.capabilities ? withChanges(table, options.capabilities) : table
  const circumstances = { capabilities, host, abiUpdate, incoming, native, release: Release.of(release) }
  const conversion = convert(source, circumstances)
  const { xml, argv, diagnostics, origins } = conversion
  const few = convert(source, { ...circumstances, findingsOnly: true })
  if (!isDeepStrictEqual(few.diagnostics, diagnostics)) throw new Error('findings that differ where nothing is printed')
  const [fault] = argv ? provenanceFaults(argv, origins) : []
  if (fault !== undefined) throw new Error(fault)
  const isPlain = !options.host && !options.config && !options.capabilities && !incoming && !native
  if (isPlain) record({ source, devices, options, codes: diagnostics.map(({ code }) => code) })
  const lines: string[] = []
  for (const argument of argv?.args ?? []) {
    if (argument.kind === 'option') lines.push(argumentText(argument))
    else lines[lines.length - 1] += ` ${argumentText(argument)}`
  }
  return {
    conversion,
    xml,
    lines,
    environment: Object.fromEntries(
      (argv?.environment ?? []).map(({ name, pieces }) => [name, pieces.map(({ text }) => text).join('')]),
    ),
    errors: diagnostics.filter(({ severity }) => severity === 'error'),
    codes: diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    notes: diagnostics.filter(({ severity }) => severity === 'info').map(({ message }) => message),
    warnings: diagnostics.filter(({ severity }) => severity === 'warning').map(({ code }) => code),
    /** The lines of the options of some names. */
    options: (...names: string[]) => lines.filter((line) => names.includes(line.split(' ')[0] ?? '')),
    /** The `-device` lines of some drivers. */
    devices: (pattern: RegExp) => lines.filter((line) => line.startsWith('-device') && pattern.test(line)),
  }
}
