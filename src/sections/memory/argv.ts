import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, type Piece, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { shortName } from '../../context/domain-name.ts'
import { hostFact } from '../../origin/origin.ts'
import { emitBackend, memoryBackend } from '../../parts/memory-backend/backend.ts'
import { defaultRamId } from '../../parts/memory-backend/default-ram.ts'
import { hugePages } from '../../parts/memory-backend/pages.ts'
import { initialSize, maximumSize } from '../../parts/memory-backend/totals.ts'

const hasCells = (context: Context) => (context.definition.cpu?.numa?.cell.length ?? 0) > 0

/** The id of the back-end that carries the memory of a guest without NUMA cells. */
export function systemRam(context: Context): string | undefined {
  return hasCells(context) ? undefined : defaultRamId(context)
}

/** `-m`: whole MiB, and how far memory may grow. */
export function printSize(context: Context, out: CommandLineBuilder): void {
  const { memory, maxMemory } = context.definition
  if (memory === undefined) return
  const whole = (initialSize(context) / 1024n) * 1024n
  const pieces: Piece[] = [{ text: `size=${whole}k`, from: of(memory, 'value') }]
  if (maxMemory !== undefined) {
    if (maxMemory.slots !== undefined) pieces.push({ text: `,slots=${maxMemory.slots}`, from: of(maxMemory, 'slots') })
    pieces.push({ text: `,maxmem=${maximumSize(context)}k`, from: of(maxMemory, 'value') })
  }
  out.option('-m', pieces)
  if (!hasCells(context) && defaultRamId(context) === undefined) printOldStyle(context, out)
}

/** A QEMU whose machines take no back-end: one path for all memory. */
function printOldStyle(context: Context, out: CommandLineBuilder): void {
  const { memoryBacking } = context.definition
  const pages = hugePages(undefined, undefined, context)
  const immediate = memoryBacking?.allocation?.mode === 'immediate'
  if (pages || immediate) out.flag('-mem-prealloc', rule('memory/allocate'))
  if (pages) {
    out.text('-mem-path', `${pages.mount}/libvirt/qemu/${shortName(context)}`, hostFact('config.hugetlbfs'))
  } else if (memoryBacking?.source?.type === 'file') {
    const path = `${context.host.config.memoryBackingDir}/${shortName(context)}/ram`
    out.text('-mem-path', path, hostFact('config.memoryBackingDir'))
  }
}

/** The back-end that replaces the machine's own RAM. */
export function printSystemRam(context: Context, out: CommandLineBuilder): void {
  const { memory } = context.definition
  const id = systemRam(context)
  if (memory === undefined || id === undefined) return
  const sizeKiB = initialSize(context)
  const backend = memoryBackend({ id, file: id, sizeKiB, from: of(memory, 'value'), system: true }, context)
  emitBackend(backend, out)
}

export function printOvercommit(context: Context, out: CommandLineBuilder): void {
  const { memoryBacking } = context.definition
  if (memoryBacking?.locked) out.text('-overcommit', 'mem-lock=on', of(memoryBacking, 'locked'))
  else out.text('-overcommit', 'mem-lock=off', rule('memory/overcommit'))
}
