import { type KernelBehaviour, kernelBehaviour } from '../../src/vfio/kernel.ts'
import { kernelRules } from '../../src/vfio/rules.ts'
import { byIommufd } from './other-way.ts'

/** So often a walk of some thousand operations is to meet each rule. */
export const wanted = 20

/** Rules that no walk can meet, and why. */
const unreachable: Readonly<Record<string, string>> = {
  'feature/not-open': 'without a descriptor there is nothing to ask the kernel with',
  'removal/locked': 'it would wait for a lock, and nobody could take it back',
}

/** The kernel that is asked: one of Debian's, or the one that is built here with iommufd and little else. */
export interface Asked {
  readonly release: string
  readonly iommufd: boolean
}

interface Kind extends KernelBehaviour {
  readonly iommufd: boolean
}

/** Rules that only some kernels have. */
const ofSome: Readonly<Record<string, (kernel: Kind) => boolean>> = {
  'open/leaving': ({ opensWhileLeaving }) => !opensWhileLeaving,
  'iommufd/token-unknown': ({ iommufdChecksToken }) => !iommufdChecksToken,
  'iommufd/token-unchecked': ({ iommufdChecksToken }) => !iommufdChecksToken,
  // The feature of DMA buffers, which need more than the small kernel has.
  'feature/set-unsupported': ({ moreFeatures, iommufd }) => moreFeatures && !iommufd,
  'feature/other-unusable': ({ moreFeatures }) => moreFeatures,
}

/** Rules that decide on the way through an iommufd as well; those about the token where the kernel asks for it. */
function hasTwoWays(rule: string, { iommufdChecksToken }: Kind): boolean {
  if (['open/busy', 'open/group-not-viable', 'open/pf-locked'].includes(rule)) return true
  return iommufdChecksToken && /^(plain|vf|pf)\//.test(rule)
}

/** The names of the rules that a walk can meet on a kernel, as it counts them. */
export function rowsOf({ release, iommufd }: Asked): string[] {
  const kernel = { ...kernelBehaviour(release), iommufd }
  const rules = Object.keys(kernelRules).filter((rule) => {
    if (unreachable[rule] !== undefined || ofSome[rule]?.(kernel) === false) return false
    return iommufd || !rule.startsWith('iommufd/')
  })
  return iommufd ? [...rules, ...rules.filter((rule) => hasTwoWays(rule, kernel)).map(byIommufd)] : rules
}

/** How often each rule was met that a walk can meet, rarest first. */
export function rowsMet(hits: ReadonlyMap<string, number>, asked: Asked): [rule: string, times: number][] {
  return rowsOf(asked)
    .map((rule): [string, number] => [rule, hits.get(rule) ?? 0])
    .sort(([, a], [, b]) => a - b)
}
