import type { Context } from '../../context/context.ts'
import { formatRanges } from '../../fragments/number-ranges.ts'
import { defaultRule } from '../../origin/origin.ts'
import { checkPageSize } from '../../parts/memory-backend/pages.ts'
import type { HugePage } from './element.ts'

/** Each cell gets pages of one size: nodesets name cells that exist, no cell twice, and one size at most is for the rest. */
export function checkHugePages(context: Context): void {
  const pages = context.definition.memoryBacking?.hugepages?.page ?? []
  const cells = context.definition.cpu?.numa?.cell.length ?? 0
  if (context.definition.memoryBacking?.hugepages && pages.length === 0) {
    checkPageSize('default', context.definition.memoryBacking.hugepages, context)
  }
  for (const page of pages) checkPageSize(page.size, page, context)
  let rest: HugePage | undefined
  const owner = new Map<number, HugePage>()
  for (const page of pages) {
    if (page.nodeset === undefined || (cells === 0 && page.nodeset.every((id) => id === 0))) {
      if (rest !== undefined) refuseSecondRest(page, rest, context)
      rest ??= page
      continue
    }
    const missing = page.nodeset.filter((id) => id >= cells)
    if (missing.length > 0) {
      context.error({
        code: 'memory-backing/hugepages-cell',
        message: `Huge pages are asked for NUMA cell ${formatRanges(missing)}, which the guest does not have.`,
        hint: cells === 0 ? 'Remove nodeset.' : `The cells are 0 to ${cells - 1}.`,
        at: page,
        field: 'nodeset',
      })
    }
    for (const id of page.nodeset) {
      if (owner.has(id)) refuseTwice(id, page, context)
      else owner.set(id, page)
    }
  }
}

/** Node 0 of a guest without NUMA is the guest, as no node is. */
export function forgetOnlyNode(context: Context): void {
  const { definition } = context
  const cells = definition.cpu?.numa?.cell.length ?? 0
  for (const page of definition.memoryBacking?.hugepages?.page ?? []) {
    if (cells === 0 && page.nodeset?.every((id) => id === 0))
      context.set(page, 'nodeset', undefined, defaultRule('memory-backing/only-node'))
  }
}

function refuseSecondRest(page: HugePage, first: HugePage, context: Context): void {
  context.error({
    code: 'memory-backing/hugepages-two-defaults',
    message: `Huge pages of ${first.size} KiB and of ${page.size} KiB are both for all cells.`,
    hint: 'Keep one, or give the cells of each in nodeset.',
    at: page,
  })
}

function refuseTwice(id: number, page: HugePage, context: Context): void {
  context.error({
    code: 'memory-backing/hugepages-cell-twice',
    message: `NUMA cell ${id} has huge pages of two sizes.`,
    hint: 'Name each cell in one nodeset.',
    at: page,
    field: 'nodeset',
  })
}
