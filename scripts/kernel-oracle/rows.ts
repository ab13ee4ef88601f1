import { type KernelBehaviour, kernelBehaviour } from '../../src/vfio/kernel.ts'
import { kernelRules } from '../../src/vfio/rules.ts'

/** So often a walk of some thousand operations is to meet each rule. */
export const wanted = 20

const noIommufd = 'Debian builds its kernels without iommufd'

/** Rules that no walk can meet, and why. */
const unreachable: Readonly<Record<string, string>> = {
  'iommufd/token-unchecked': noIommufd,
  'iommufd/no-device': noIommufd,
  'iommufd/no-file': noIommufd,
  'iommufd/token-unknown': noIommufd,
  'iommufd/second': noIommufd,
  'iommufd/group-taken': noIommufd,
  'feature/not-open': 'without a descriptor there is nothing to ask the kernel with',
  'removal/locked': 'it would wait for a lock, and nobody could take it back',
}

/** Rules that only some kernels have. */
const ofSome: Readonly<Record<string, (kernel: KernelBehaviour) => boolean>> = {
  'open/leaving': ({ opensWhileLeaving }) => !opensWhileLeaving,
  'iommufd/token-unknown': ({ iommufdChecksToken }) => !iommufdChecksToken,
  'iommufd/token-unchecked': ({ iommufdChecksToken }) => !iommufdChecksToken,
  'feature/set-unsupported': ({ moreFeatures }) => moreFeatures,
  'feature/other-unusable': ({ moreFeatures }) => moreFeatures,
}

/** How often each rule was met that a walk can meet on the kernel `release`, rarest first. */
export function rowsMet(
  hits: ReadonlyMap<string, number>,
  release: string,
  iommufd = false,
): [rule: string, times: number][] {
  const kernel = kernelBehaviour(release)
  return Object.keys(kernelRules)
    .filter(
      (rule) =>
        (unreachable[rule] === undefined || (iommufd && unreachable[rule] === noIommufd)) &&
        ofSome[rule]?.(kernel) !== false,
    )
    .map((rule): [string, number] => [rule, hits.get(rule) ?? 0])
    .sort(([, a], [, b]) => a - b)
}
