import type { Context } from '../../context/context.ts'
import { asked } from '../../host/asked.ts'

/** Which host pages stand behind a piece of guest memory. */
export interface HugePages {
  readonly sizeKiB: bigint
  /** Where the host has mounted them. */
  readonly mount: string
}

/**
 * The size of pages that the domain asks for: of the device itself, of the cell, of all; `'default'` where huge pages
 * have no size, undefined where none are asked for (formatdomain, "Memory Backing": hugepages).
 */
function wantedSize(
  own: bigint | undefined,
  cell: number | undefined,
  context: Context,
): bigint | 'default' | undefined {
  if (own !== undefined) return own
  const hugepages = context.definition.memoryBacking?.hugepages
  if (hugepages === undefined) return undefined
  if (hugepages.page.length === 0) return 'default'
  const ofCell = hugepages.page.find(({ nodeset }) => nodeset?.includes(cell ?? 0))
  return (ofCell ?? hugepages.page.find(({ nodeset }) => nodeset === undefined))?.size
}

/** The mount for pages of a size; undefined for ordinary pages, and where the host has none. */
function mountOf(wanted: bigint | 'default', { host }: Context): HugePages | undefined {
  const { hugetlbfs } = host.config
  const mount =
    wanted === 'default'
      ? (hugetlbfs.find((it) => it.default) ?? only(hugetlbfs))
      : hugetlbfs.find(({ sizeKiB }) => BigInt(sizeKiB) === wanted)
  return mount && { sizeKiB: BigInt(mount.sizeKiB), mount: mount.mount }
}

/** One mount alone needs no word of it; of several nobody may guess which the kernel means by huge pages. */
const only = <T>(mounts: readonly T[]): T | undefined => (mounts.length === 1 ? mounts[0] : undefined)

const isOrdinary = (size: bigint | 'default', { host }: Context) => size === BigInt(host.pageSizeBytes) / 1024n

/** The huge pages of a piece of memory; undefined for ordinary ones. */
export function hugePages(own: bigint | undefined, cell: number | undefined, context: Context): HugePages | undefined {
  const wanted = wantedSize(own, cell, context)
  return wanted === undefined || isOrdinary(wanted, context) ? undefined : mountOf(wanted, context)
}

/** Refuses, at a start, a size of pages that the host has not mounted. */
export function checkPageSize(size: bigint | 'default', at: object, context: Context): void {
  if (isOrdinary(size, context)) return
  const found = mountOf(size, context)
  const fact = asked.hugetlbfs(size === 'default' ? found?.sizeKiB : size)
  const { standing } = context.ask(fact, found, { at, says: found?.mount })
  if (standing !== 'absent') return
  const sizes = context.host.config.hugetlbfs.map(({ sizeKiB }) => `${sizeKiB} KiB`).join(', ')
  context.error({
    code: 'memory-backing/no-hugetlbfs',
    message: `The host has no hugetlbfs mount${size === 'default' ? '' : ` for pages of ${size} KiB`}.`,
    hint:
      sizes === ''
        ? 'Mount hugetlbfs and name it in hugetlbfs_mount.'
        : `It has pages of ${sizes}: name a size, or which is the default.`,
    at,
    when: 'start',
  })
}
