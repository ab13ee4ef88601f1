import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { type BuiltinBuild, unfold } from './builtin/format.ts'
import { builds, families } from './builtin/index.gen.ts'
import { type Arch, type Capabilities, capabilitiesOf, versionText } from './capabilities.ts'
import { compareLabels, numbersOf } from './label.ts'

export type { BuiltinBuild } from './builtin/format.ts'

/** Every built-in table, by architecture and then from the oldest to the newest. */
export const builtinBuilds: readonly BuiltinBuild[] = builds

export interface ChosenBuild {
  readonly build?: BuiltinBuild
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The built-in table for what `--qemu` says: a label (`8.2.0`, or `8.2` for short), or `latest`. A version between two
 * labels takes the nearest older one and says so (`capabilities/nearest-older`). `VERSION+VARIANT` (`7.2.0+hvf`) takes
 * the table of a special host. Raises `capabilities/no-build` where there is none, `capabilities/bad-version` where the
 * text is no version.
 */
export function chooseBuild(arch: Arch, wanted = 'latest'): ChosenBuild {
  const [version = '', variant] = wanted.split('+')
  const ofArch = builds.filter((build) => build.arch === arch && build.variant === variant)
  const known = `Built in for ${arch}: ${ofArch.map((build) => build.label).join(', ') || 'none'}.`
  if (version !== 'latest' && numbersOf(version) === undefined) {
    return { diagnostics: [finding('bad-version', 'error', `'${wanted}' is no version of QEMU.`, known)] }
  }
  const candidates = ofArch.filter((build) => version === 'latest' || compareLabels(build.label, version) <= 0)
  const build = candidates.at(-1)
  if (build === undefined) {
    const message = `There is no capability table of QEMU ${wanted} for ${arch}, and no older one.`
    return { diagnostics: [finding('no-build', 'error', message, `${known} Or probe your own QEMU.`)] }
  }
  if (version === 'latest' || compareLabels(build.label, version) === 0) return { build, diagnostics: [] }
  const message = `QEMU ${wanted} is not built in for ${arch}; the nearest older table is used: ${describeBuild(build)}.`
  return { build, diagnostics: [finding('nearest-older', 'info', message, `${known} Or probe your own QEMU.`)] }
}

/** `9.0.0 (reports 8.2.50)`: the label, and the version that the build itself reports where that differs. */
export function describeBuild(build: Pick<BuiltinBuild, 'label' | 'version' | 'variant'>): string {
  const name = build.variant === undefined ? build.label : `${build.label}+${build.variant}`
  const reported = versionText(build.version)
  return reported === build.label ? name : `${name} (reports ${reported})`
}

/** Loads a built-in table. It knows nothing of the user's host: no host CPU, no judgement of what KVM could run. */
export async function loadBuiltin(build: BuiltinBuild): Promise<Capabilities> {
  const load = families[build.arch]
  if (load === undefined) throw new Error(`no built-in tables for ${build.arch}`)
  const { family } = await load()
  const position = builds.filter(({ arch }) => arch === build.arch).indexOf(build)
  return capabilitiesOf(unfold(family, position, build))
}

function finding(code: string, severity: Diagnostic['severity'], message: string, hint: string): Diagnostic {
  return { code: `capabilities/${code}`, severity, message, hint }
}
