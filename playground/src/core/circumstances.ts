import { chooseBuild, describeBuild, loadBuiltin } from '../../../src/capabilities/builtin.ts'
import { type Arch, type Capabilities, isArch, versionText } from '../../../src/capabilities/capabilities.ts'
import type { ConvertOptions } from '../../../src/conversion.ts'
import type { Diagnostic } from '../../../src/diagnostic/diagnostic.ts'
import { assumedLayer } from '../../../src/host/builtin/assumed.ts'
import type { Host } from '../../../src/host/host.ts'
import { hostFromLayers } from '../../../src/host/load.ts'
import { type ParsedDomain, parseDomain } from '../../../src/pipeline/parse.ts'
import { chooseRelease, newestRelease } from '../../../src/release/choose.ts'
import type { Choices } from './protocol.ts'

export interface Circumstances {
  readonly arch: Arch
  readonly parsed: ParsedDomain
  readonly options: ConvertOptions
  /** How QEMU and libvirt are called on the page. */
  readonly qemu: string
  readonly libvirt: string
  readonly notes: readonly Diagnostic[]
}

const tables = new Map<string, Promise<Capabilities>>()
const hosts = new Map<string, Promise<{ host: Host; notes: readonly Diagnostic[] }>>()

/** The architecture that a domain names; x86_64 where it names none that is known. */
export function archOf(parsed: ParsedDomain): Arch {
  const arch = parsed.definition?.os?.type?.arch
  return arch !== undefined && isArch(arch) ? arch : 'x86_64'
}

/** Everything that a conversion depends on. Tables are loaded one architecture at a time, hosts once. */
export async function circumstancesOf(text: string, choices: Choices): Promise<Circumstances> {
  const chosen = chooseRelease(choices.libvirt)
  const release = chosen.release ?? newestRelease
  const parsed = parseDomain(text, { release })
  const arch = archOf(parsed)
  const [table, { host, notes }] = await Promise.all([tableOf(arch, choices), hostOf(arch, choices)])
  return {
    arch,
    parsed,
    options: { capabilities: table.capabilities, release, host },
    qemu: table.name,
    libvirt: String(release),
    notes: [...chosen.diagnostics, ...table.notes, ...notes],
  }
}

async function tableOf(arch: Arch, { qemu, capabilitiesFile }: Choices) {
  if (qemu === 'file' && capabilitiesFile !== undefined) {
    const { loadCapabilities } = await import('../../../src/capabilities/load.ts')
    const { capabilities, diagnostics } = loadCapabilities(capabilitiesFile)
    if (capabilities !== undefined) {
      return {
        capabilities,
        name: `your table, ${versionText(capabilities.version)}`,
        notes: withoutPlace(diagnostics),
      }
    }
    return { ...(await builtin(arch, 'latest')), notes: withoutPlace(diagnostics) }
  }
  return builtin(arch, qemu)
}

async function builtin(arch: Arch, wanted: string) {
  const chosen = chooseBuild(arch, wanted)
  // The versions of another architecture may all be newer than this one's: the newest is better than nothing.
  const build = chosen.build ?? chooseBuild(arch).build
  if (build === undefined) throw new Error(`There is no capability table for ${arch}.`)
  const key = `${arch} ${describeBuild(build)}`
  const loading = tables.get(key) ?? loadBuiltin(build)
  tables.set(key, loading)
  return { capabilities: await loading, name: describeBuild(build), notes: chosen.diagnostics }
}

function hostOf(arch: Arch, { host, hostFile }: Choices) {
  const key = host === 'file' ? `file ${arch} ${hostFile}` : `${arch} ${host}`
  const known = hosts.get(key)
  if (known !== undefined) return known
  const loading = host === 'file' && hostFile !== undefined ? readHostFile(arch, hostFile) : builtinHost(arch, host)
  hosts.set(key, loading)
  return loading
}

/** What distributions ship is loaded when one is chosen. */
async function builtinHost(arch: Arch, name: string) {
  const layers = name === 'generic' ? [assumedLayer] : await layersOf(name)
  return { host: hostFromLayers(layers, arch).host, notes: [] }
}

async function layersOf(name: string) {
  const { builtinLayers, isBuiltinHost } = await import('../../../src/host/builtin/index.ts')
  return builtinLayers(isBuiltinHost(name) ? name : 'generic')
}

/** The reader of host files compiles its schema, which a strict policy forbids where it holds for the worker, too. */
async function readHostFile(arch: Arch, text: string) {
  const { readHost } = await import('../../../src/host/read.ts')
  const { host, diagnostics } = readHost(text, arch)
  return { host: host ?? (await builtinHost(arch, 'generic')).host, notes: withoutPlace(diagnostics) }
}

/** The place of such a finding is in another text. */
function withoutPlace(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.map(({ span: _, path: __, related: ___, ...rest }) => rest)
}
