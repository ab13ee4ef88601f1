import type { Context } from '../../context/context.ts'
import { asked } from '../../host/asked.ts'
import { implicitCellSize } from '../../parts/memory-backend/implicit-cell.ts'

export function checkNumatune(context: Context): void {
  const { numatune, cpu } = context.definition
  if (numatune === undefined) return
  const { memory, memnode } = numatune
  // A cell that the guest gets without asking comes too late for what names it.
  const cells = implicitCellSize(context) === undefined ? (cpu?.numa?.cell.length ?? 0) : 0
  if (memory?.placement === 'static' && memory.nodeset === undefined) {
    context.error({
      code: 'numatune/static-without-nodeset',
      message: 'Memory is placed by hand, but no host node is named.',
      hint: "Add nodeset, or use placement='auto'.",
      at: memory,
    })
  }
  if (memory?.placement === 'auto') context.ask(asked.autoNodeset, context.host.autoNodeset, { at: memory })
  const seen = new Set<number>()
  for (const node of memnode) {
    if (node.cellid >= cells) {
      context.error({
        code: 'numatune/no-such-cell',
        message: `The guest has no NUMA cell ${node.cellid}.`,
        hint: cells === 0 ? 'Add <numa> to <cpu>.' : `The cells are 0 to ${cells - 1}.`,
        at: node,
        field: 'cellid',
      })
    }
    if (seen.has(node.cellid)) {
      context.error({
        code: 'numatune/cell-twice',
        message: `NUMA cell ${node.cellid} is placed twice.`,
        hint: 'Keep one <memnode> for it.',
        at: node,
        field: 'cellid',
      })
    }
    seen.add(node.cellid)
    if (memory !== undefined && (memory.mode === 'restrictive') !== (node.mode === 'restrictive')) {
      context.error({
        code: 'numatune/restrictive-mixed',
        message: 'restrictive holds for all memory of the guest or for none.',
        hint: "Use mode='restrictive' in <memory> and in every <memnode>, or nowhere.",
        at: node,
        field: 'mode',
      })
    }
  }
  if (memnode.length > 0 && (memory?.placement === 'auto' || context.definition.vcpu?.placement === 'auto')) {
    if (memory?.placement === 'static') return
    context.error({
      code: 'numatune/cells-with-auto',
      message: 'Cells cannot be placed one by one while the host places the guest by itself.',
      hint: "Remove <memnode>, or give <memory> a nodeset and use placement='static'.",
      at: memnode[0]!,
    })
  }
}
