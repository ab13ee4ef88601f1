import { chooseBuild, loadBuiltin } from '../capabilities/builtin.ts'
import { type Arch, type Capabilities, isArch } from '../capabilities/capabilities.ts'
import { cpuFacts } from '../cpu-facts/cpu-facts.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { hasErrors } from '../diagnostic/diagnostic.ts'
import { didYouMean } from '../diagnostic/suggest.ts'
import { builtinLayers, isBuiltinHost } from '../host/builtin/index.ts'
import type { HostCpu } from '../host/facts.ts'
import type { Host } from '../host/host.ts'
import { type HostLayer, hostFromLayers } from '../host/load.ts'
import type { ParsedDomain } from '../pipeline/parse.ts'
import { chooseRelease, newestRelease } from '../release/choose.ts'
import type { Release } from '../release/release.ts'
import { readText } from './read-up-to.ts'
import { reportText, wantsColour } from './report.ts'
import { UsageError } from './status.ts'

/** The options by which a user names libvirt, QEMU and the host. */
export interface CircumstanceOptions {
  readonly libvirt?: string | undefined
  readonly qemu?: string | undefined
  readonly capabilities?: string | undefined
  readonly host?: string | undefined
  readonly hostCpu?: string | undefined
}

export interface Circumstances {
  readonly release: Release
  readonly capabilities: Capabilities
  readonly host: Host
  /** About the choice itself: a nearest older table was taken. */
  readonly notes: readonly Diagnostic[]
}

const fallbackArch: Arch = 'x86_64'

/** The architecture a domain names; x86_64 where it names none. */
export function archOf(parsed: ParsedDomain): Arch {
  const arch = parsed.definition?.os?.type?.arch
  return arch !== undefined && isArch(arch) ? arch : fallbackArch
}

function textOf(path: string): string {
  try {
    return readText(path)
  } catch {
    throw new UsageError(`${path}: cannot be read`)
  }
}

interface UsableRelease {
  readonly release: Release
  readonly diagnostics: readonly Diagnostic[]
}

/** The release that a user or a host file names; throws where it cannot be used. */
export function usableRelease(text: string): UsableRelease {
  const { release, diagnostics } = chooseRelease(text)
  if (release === undefined) throw new UsageError(diagnostics.map((it) => `${it.message} ${it.hint ?? ''}`).join('\n'))
  return { release, diagnostics }
}

/** Shows what is wrong with a file that an option names; throws where it cannot be used. */
function requireUsable<T>(path: string, text: string, value: T | undefined, diagnostics: readonly Diagnostic[]): T {
  if (value !== undefined && !hasErrors(diagnostics)) return value
  throw new UsageError(reportText({ name: path, text, diagnostics, secrets: [] }, wantsColour(process.stderr)))
}

/** Loads capability tables and hosts by the options, once each. */
export class CircumstanceLoader {
  readonly #options: CircumstanceOptions
  readonly #wanted: UsableRelease | undefined
  readonly #tables = new Map<Arch, Promise<{ capabilities: Capabilities; notes: readonly Diagnostic[] }>>()
  readonly #hosts = new Map<Arch, Promise<Host>>()

  constructor(options: CircumstanceOptions) {
    if (options.qemu !== undefined && options.capabilities !== undefined) {
      throw new UsageError('--qemu and --capabilities exclude each other')
    }
    this.#options = options
    this.#wanted = options.libvirt === undefined ? undefined : usableRelease(options.libvirt)
  }

  /** @param probed what a QEMU of this machine can do, where no table is chosen by the options */
  async load(arch: Arch, probed?: Capabilities): Promise<Circumstances> {
    const { qemu, capabilities: file } = this.#options
    const isChosen = qemu !== undefined || file !== undefined
    const own = probed && !isChosen ? Promise.resolve({ capabilities: probed, notes: [] }) : undefined
    const table = own ?? this.#tables.get(arch) ?? this.#table(arch)
    if (own === undefined) this.#tables.set(arch, table)
    const host = this.#hosts.get(arch) ?? this.#host(arch)
    this.#hosts.set(arch, host)
    const [{ capabilities, notes }, chosen] = await Promise.all([table, host])
    const { release, diagnostics } = this.#release(chosen)
    return { capabilities, notes: [...diagnostics, ...notes], host: chosen, release }
  }

  /** `--libvirt` wins over what the host file says, and a contradiction is told. */
  #release({ libvirt }: Host): UsableRelease {
    const described = libvirt === undefined ? undefined : usableRelease(libvirt)
    const wanted = this.#wanted
    if (wanted === undefined) return described ?? { release: newestRelease, diagnostics: [] }
    if (described === undefined || described.release.rank === wanted.release.rank) return wanted
    const contradiction: Diagnostic = {
      code: 'release/not-the-hosts',
      severity: 'info',
      message: `The host file names libvirt ${libvirt}, --libvirt ${wanted.release}: the option counts.`,
      hint: 'Leave --libvirt out to have the answers of the host.',
    }
    return { release: wanted.release, diagnostics: [...wanted.diagnostics, contradiction] }
  }

  async #table(arch: Arch): Promise<{ capabilities: Capabilities; notes: readonly Diagnostic[] }> {
    const { capabilities: path, qemu } = this.#options
    if (path !== undefined) {
      const text = textOf(path)
      const { loadCapabilities } = await import('../capabilities/load.ts')
      const { capabilities, diagnostics } = loadCapabilities(text)
      return { capabilities: requireUsable(path, text, capabilities, diagnostics), notes: diagnostics }
    }
    const { build, diagnostics } = chooseBuild(arch, qemu)
    if (build === undefined) throw new UsageError(diagnostics.map((it) => `${it.message} ${it.hint ?? ''}`).join('\n'))
    return { capabilities: await loadBuiltin(build), notes: diagnostics }
  }

  async #host(arch: Arch): Promise<Host> {
    const { host: name, hostCpu } = this.#options
    const layers: HostLayer[] =
      hostCpu === undefined ? [] : [{ file: { cpu: cpuOf(hostCpu, arch) }, standing: 'described' }]
    if (name === undefined || isBuiltinHost(name)) {
      return hostFromLayers([...layers, ...builtinLayers(name ?? 'generic')], arch).host
    }
    const text = textOf(name)
    const { readHost } = await import('../host/read.ts')
    const { host, diagnostics } = readHost(text, arch, layers)
    return requireUsable(name, text, host, diagnostics)
  }
}

/** A host's CPU of which the user named the model. */
function cpuOf(model: string, arch: Arch): HostCpu {
  const facts = cpuFacts(arch)
  if (facts !== undefined && !facts.models.has(model)) {
    const near = didYouMean(model, [...facts.models.keys()])
    const hint = near === undefined ? 'See `virsh cpu-models`.' : `Did you mean ${near}?`
    throw new UsageError(`--host-cpu: no CPU of ${arch} is called ${model}. ${hint}`)
  }
  return { arch, model, sockets: 1, cores: 1, threads: 1, features: [] }
}
