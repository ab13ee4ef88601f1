import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { GuestNuma } from '../../definition.ts'
import { emitBackend, type MemoryBackend, memoryBackend } from '../../parts/memory-backend/backend.ts'
import { cellSize } from '../../parts/memory-backend/totals.ts'
import { dated } from '../../release/dated.ts'
import { describesMemory, initiatorOf } from './hmat.ts'

/** A machine that still takes a cell's memory as a plain size, which is kept for guests that migrate. */
function takesSizes({ capabilities, accelerator, definition }: Context): boolean {
  return capabilities.machine(definition.os.type.machine ?? '', accelerator)?.numaMemSupported ?? true
}

/** `-numa node`, each after the back-end of its memory; QEMU takes back-ends for all cells or for none. */
export function printCells(numa: GuestNuma, context: Context, out: CommandLineBuilder): void {
  const backends = numa.cell.map((cell, index) => {
    const id = `ram-node${index}`
    const sizeKiB = cellSize(cell.memory, context)
    return memoryBackend({ id, file: id, sizeKiB, from: of(cell, 'memory'), cell: index }, context)
  })
  const sizesOnly = takesSizes(context) && !backends.some(({ explicit }) => explicit)
  if (sizesOnly && context.definition.memoryBacking?.allocation?.mode === 'immediate') {
    out.flag('-mem-prealloc', rule('numa/allocate'))
  }
  const hmat = describesMemory(numa)
  numa.cell.forEach((cell, index) => {
    const node = new Properties().put('type', 'node', rule('numa/node')).put('nodeid', index, of(cell, 'id'))
    if (cell.cpus) node.put('cpus', { numbers: cell.cpus }, of(cell, 'cpus'))
    if (hmat) node.put('initiator', initiatorOf(index, numa), rule('numa/initiator'))
    const isEmpty = cell.memory === 0n && context.plan.at(mayBeEmpty)
    if (sizesOnly && !isEmpty) node.put('mem', cellSize(cell.memory, context) / 1024n, of(cell, 'memory'))
    else if (!isEmpty) printBackend(backends[index]!, index, node, out)
    out.keyValue('-numa', node, 'type')
  })
}

/** Whether of a cell without memory nothing is said. */
const mayBeEmpty = dated(false, ['12.8', true])

function printBackend(backend: MemoryBackend, index: number, node: Properties, out: CommandLineBuilder): void {
  emitBackend(backend, out)
  node.put('memdev', `ram-node${index}`, rule('numa/back-end'))
}
