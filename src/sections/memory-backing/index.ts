import { rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRamId } from '../../parts/memory-backend/default-ram.ts'
import { checkHugePages, forgetOnlyNode } from './hugepages.ts'
import { launchMemoryBacking } from './launch.ts'

/** Without NUMA cells only the machine's own RAM could carry the options, and old QEMUs give it no back-end. */
function checkAccess(context: Context): void {
  const { memoryBacking, cpu } = context.definition
  const access = memoryBacking?.access
  if (access?.mode === undefined || cpu?.numa?.cell.length || defaultRamId(context) !== undefined) return
  context.error({
    code: 'memory-backing/access-without-numa',
    message: `Memory access ${access.mode} needs a guest NUMA cell: this QEMU gives the machine's own memory no back-end.`,
    hint: 'Add <numa> with one cell to <cpu>, or use QEMU 5.2 or later.',
    at: access,
    field: 'mode',
  })
}

function checkMemfd(context: Context): void {
  const source = context.definition.memoryBacking?.source
  if (source?.type !== 'memfd' || context.capabilities.has('memory-backend-memfd')) return
  context.error({
    code: 'memory-backing/memfd-unsupported',
    message: 'This QEMU has no memfd memory (capability memory-backend-memfd).',
    hint: "Use <source type='file'/>.",
    at: source,
    field: 'type',
  })
}

function checkThreads(context: Context): void {
  const allocation = context.definition.memoryBacking?.allocation
  if (allocation?.threads === undefined || context.capabilities.has('memory-backend-file.prealloc-threads')) return
  context.error({
    code: 'memory-backing/threads-unsupported',
    message: 'This QEMU allocates memory with one thread only (capability memory-backend-file.prealloc-threads).',
    hint: 'Remove threads.',
    at: allocation,
    field: 'threads',
  })
}

export const memoryBackingSection = {
  final: [
    {
      name: 'memory-backing/only-node',
      doc: 'Pages of node 0 are those of the whole guest, where it has no NUMA nodes.',
      apply: forgetOnlyNode,
    },
  ],
  validate: (context) => {
    checkHugePages(context)
    checkAccess(context)
    checkMemfd(context)
    checkThreads(context)
  },
  contribute: (context, { machine }) => {
    if (context.definition.memoryBacking?.nosharepages) {
      machine.put('mem-merge', false, rule('memory-backing/no-share-pages'))
    }
  },
  launch: launchMemoryBacking,
} satisfies Section
