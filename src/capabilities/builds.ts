import { type BuiltinBuild, builtinBuilds, loadBuiltin } from './builtin.ts'
import type { Arch, Capabilities } from './capabilities.ts'
import type { Flag } from './flags.ts'

/** The builds of one architecture that have something. */
export interface BuildsOfArch {
  readonly arch: Arch
  readonly having: readonly BuiltinBuild[]
  readonly lacking: readonly BuiltinBuild[]
}

/** Every built-in table, loaded: for questions over all of them. */
export function allBuiltin(): Promise<{ build: BuiltinBuild; capabilities: Capabilities }[]> {
  return Promise.all(builtinBuilds.map(async (build) => ({ build, capabilities: await loadBuiltin(build) })))
}

/** Which of the tables have a flag, by architecture. */
export function buildsWith(tables: Awaited<ReturnType<typeof allBuiltin>>, flag: Flag): BuildsOfArch[] {
  const archs = [...new Set(tables.map(({ build }) => build.arch))]
  return archs.map((arch) => {
    const ofArch = tables.filter(({ build }) => build.arch === arch)
    const select = (has: boolean) =>
      ofArch.filter(({ capabilities }) => capabilities.has(flag) === has).map(({ build }) => build)
    return { arch, having: select(true), lacking: select(false) }
  })
}

/** In words: `x86_64 since 8.1.0; aarch64 all`. Architectures without it are left out. */
export function buildsText(builds: readonly BuildsOfArch[]): string {
  const parts = builds.filter(({ having }) => having.length > 0).map(ofArchText)
  return parts.length > 0 ? parts.join('; ') : 'none'
}

function ofArchText({ arch, having, lacking }: BuildsOfArch): string {
  if (lacking.length === 0) return `${arch} all`
  const all = builtinBuilds.filter((build) => build.arch === arch)
  const first = all.indexOf(having[0]!)
  const last = all.indexOf(having.at(-1)!)
  const unbroken = last - first + 1 === having.length
  if (unbroken && last === all.length - 1) return `${arch} since ${nameOf(having[0]!)}`
  if (unbroken && first === 0) return `${arch} until ${nameOf(having.at(-1)!)}`
  return having.length <= lacking.length
    ? `${arch} ${having.map(nameOf).join(', ')}`
    : `${arch} all but ${lacking.map(nameOf).join(', ')}`
}

function nameOf(build: BuiltinBuild): string {
  return build.variant === undefined ? build.label : `${build.label}+${build.variant}`
}
