import { kernelBehaviour } from '../../src/vfio/kernel.ts'
import { kernelRules } from '../../src/vfio/rules.ts'

/** So often a walk of some thousand operations is to meet each rule. */
export const wanted = 20

const noIommufd = 'Debian builds its kernels without iommufd'

/** Rules that no walk can meet, and why. */
const unreachable: Readonly<Record<string, string>> = {
  'iommufd/token-unchecked': noIommufd,
  'iommufd/no-file': noIommufd,
  'iommufd/token-unknown': noIommufd,
  'iommufd/second': noIommufd,
  'iommufd/group-taken': noIommufd,
  'feature/not-open': 'without a descriptor there is nothing to ask the kernel with',
  'removal/locked': 'it would wait for a lock, and nobody could take it back',
}

/** How often each rule was met that a walk can meet on the kernel `release`, rarest first. */
export function rowsMet(hits: ReadonlyMap<string, number>, release: string): [rule: string, times: number][] {
  const { opensWhileLeaving } = kernelBehaviour(release)
  return Object.keys(kernelRules)
    .filter((rule) => unreachable[rule] === undefined && !(opensWhileLeaving && rule === 'open/leaving'))
    .map((rule): [string, number] => [rule, hits.get(rule) ?? 0])
    .sort(([, a], [, b]) => a - b)
}
