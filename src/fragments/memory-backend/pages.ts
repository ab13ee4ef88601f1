import type { Context } from '../../context/context.ts'

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

/** The huge pages of a piece of memory; undefined for ordinary ones. Reports a size that the host has not mounted. */
export function hugePages(
  own: { readonly size: bigint | undefined; readonly at: object },
  cell: number | undefined,
  context: Context,
): HugePages | undefined {
  const wanted = wantedSize(own.size, cell, context)
  const { hugetlbfs } = context.host.config
  if (wanted === undefined || wanted === BigInt(context.host.pageSizeBytes) / 1024n) return undefined
  const mount =
    wanted === 'default'
      ? (hugetlbfs.find((it) => it.default) ?? hugetlbfs[0])
      : hugetlbfs.find(({ sizeKiB }) => BigInt(sizeKiB) === wanted)
  if (mount !== undefined) return { sizeKiB: BigInt(mount.sizeKiB), mount: mount.mount }
  const sizes = hugetlbfs.map(({ sizeKiB }) => `${sizeKiB} KiB`).join(', ')
  context.error({
    code: 'memory-backing/no-hugetlbfs',
    message: `The host has no hugetlbfs mount ${wanted === 'default' ? 'at all' : `for pages of ${wanted} KiB`}.`,
    hint: sizes === '' ? 'Mount hugetlbfs and name it in hugetlbfs_mount.' : `It has pages of ${sizes}.`,
    at: own.at,
    when: 'start',
  })
  return undefined
}
