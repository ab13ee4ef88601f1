import { builtinBuilds, chooseBuild, loadBuiltin } from '../../capabilities/builtin.ts'
import { convert } from '../../convert.ts'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { parseDomain } from '../../pipeline/parse.ts'
import { newestRelease, oldestRelease } from '../../release/choose.ts'
import { Release } from '../../release/release.ts'
import { archOf, CircumstanceLoader } from '../circumstances.ts'

/** The oldest of something that takes a domain, and why the next older one does not. */
export interface Requirement {
  /** Undefined where none takes the domain. */
  readonly oldest: string | undefined
  /** The oldest of which anything is known takes it: nothing in the domain asks for a newer one. */
  readonly isOldestKnown: boolean
  /** Set where a newer one refuses it again: the newest that takes it. */
  readonly newest: string | undefined
  /** Findings of the next older one; of the newest where none takes the domain. */
  readonly because: readonly Diagnostic[]
}

export interface Requirements {
  readonly libvirt: Requirement
  readonly qemu: Requirement
}

/** Each release libvirt made in the span that is known: 11 a year at most. */
function releases(): Release[] {
  const found: Release[] = []
  for (let { major } = oldestRelease; major <= newestRelease.major; major++) {
    for (let minor = 0; minor <= 10; minor++) {
      const release = Release.of(`${major}.${minor}`)
      if (release.isAtLeast(oldestRelease) && newestRelease.isAtLeast(release)) found.push(release)
    }
  }
  return found
}

interface Answer {
  readonly name: string
  /** What speaks against it: errors, and what it would ignore because it is older. */
  readonly against: readonly Diagnostic[]
}

/** Asks every release of libvirt, and every built-in QEMU of the domain's architecture, from the oldest to the newest. */
export async function requirements(bytes: Uint8Array, abiUpdate: boolean): Promise<Requirements> {
  const arch = archOf(parseDomain(bytes))
  const loader = new CircumstanceLoader({})
  const family = chooseBuild(arch).build?.arch
  const builds = builtinBuilds.filter((build) => build.arch === family && build.variant === undefined)
  const against = async (release: Release, build: (typeof builds)[number]): Promise<Diagnostic[]> => {
    const { capabilities, host } = await loader.load(arch, await loadBuiltin(build))
    const { diagnostics } = convert(parseDomain(bytes, { release }), { capabilities, host, abiUpdate })
    return diagnostics.filter(({ severity, code }) => severity === 'error' || code.endsWith('/newer'))
  }
  const qemus: Answer[] = []
  for (const build of builds) qemus.push({ name: build.label, against: await against(newestRelease, build) })
  const best = builds.findLast((_, index) => qemus[index]!.against.length === 0) ?? builds.at(-1)!
  const libvirts: Answer[] = []
  for (const release of releases()) libvirts.push({ name: String(release), against: await against(release, best) })
  return { libvirt: requirementOf(libvirts), qemu: requirementOf(qemus) }
}

function requirementOf(answers: readonly Answer[]): Requirement {
  const takes = ({ against }: Answer) => against.length === 0
  const last = answers.findLastIndex(takes)
  // The run that ends with the newest one that takes it: an older island would not be a minimum.
  const before = answers.slice(0, last + 1).findLastIndex((answer) => !takes(answer))
  return {
    oldest: last < 0 ? undefined : answers[before + 1]?.name,
    isOldestKnown: last >= 0 && before < 0,
    newest: last >= 0 && last < answers.length - 1 ? answers[last]?.name : undefined,
    because: (last < 0 ? answers.at(-1) : answers[before])?.against ?? [],
  }
}
