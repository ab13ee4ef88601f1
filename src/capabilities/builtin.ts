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

/** Architectures without tables of their own, by the one whose emulator libvirt runs for them, or that comes nearest. */
const standIns: { readonly [arch in Arch]?: Arch } = { ppc64le: 'ppc64', i686: 'x86_64' }

/**
 * The built-in table for what `--qemu` says: a label (`8.2.0`), a branch (`8.2`, its newest build), or `latest`. A
 * version that is not built in takes another build of its branch, else the nearest older one, and says so
 * (`capabilities/nearest-older`). `VERSION+VARIANT` (`7.2.0+hvf`) takes the table of a special host. `ppc64le` is served
 * by the tables of `ppc64`, whose emulator is the same, `i686` by those of `x86_64`. Raises `capabilities/no-build` where
 * there is none, `capabilities/bad-version` where the text is no version.
 */
export function chooseBuild(arch: Arch, wanted = 'latest'): ChosenBuild {
  const [version = '', variant] = wanted.split('+')
  const ofArch = buildsFor(arch).filter((build) => build.variant === variant)
  const known = `Built in for ${arch}: ${ofArch.map((build) => build.label).join(', ') || 'none'}.`
  if (version === 'latest') {
    const build = ofArch.at(-1)
    return build === undefined
      ? noBuild(`There is no capability table for ${arch}.`, known)
      : { build, diagnostics: [] }
  }
  if (numbersOf(version) === undefined) {
    return { diagnostics: [finding('bad-version', 'error', `'${wanted}' is no version of QEMU.`, known)] }
  }
  const build = nearestBuild(ofArch, version)
  if (build === undefined) {
    return noBuild(`There is no capability table of QEMU ${wanted} for ${arch}, and no older one.`, known)
  }
  if (isWhole(version) ? compareLabels(build.label, version) === 0 : branchOf(build.label) === branchOf(version)) {
    return { build, diagnostics: [] }
  }
  const message = `QEMU ${wanted} is not built in for ${arch}; the nearest table is used: ${describeBuild(build)}.`
  return { build, diagnostics: [finding('nearest-older', 'info', message, `${known} Or probe your own QEMU.`)] }
}

function buildsFor(arch: Arch): readonly BuiltinBuild[] {
  const own = builds.filter((build) => build.arch === arch)
  const standIn = standIns[arch]
  return own.length > 0 || standIn === undefined ? own : builds.filter((build) => build.arch === standIn)
}

/** The newest build that is no newer; within a branch a newer one is nearer than any of an older branch. */
function nearestBuild(sorted: readonly BuiltinBuild[], version: string): BuiltinBuild | undefined {
  const branch = sorted.filter(({ label }) => branchOf(label) === branchOf(version))
  const notNewer = (isWhole(version) ? branch : []).filter(({ label }) => compareLabels(label, version) <= 0)
  const older = sorted.filter(({ label }) => compareLabels(label, version) <= 0)
  return notNewer.at(-1) ?? (isWhole(version) ? branch[0] : branch.at(-1)) ?? older.at(-1)
}

const isWhole = (version: string) => version.split('.').length > 2
const branchOf = (version: string) => numbersOf(version)?.slice(0, 2).join('.')

function noBuild(message: string, known: string): ChosenBuild {
  return { diagnostics: [finding('no-build', 'error', message, `${known} Or probe your own QEMU.`)] }
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
