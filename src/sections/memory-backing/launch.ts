import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { shortName } from '../../context/domain-name.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import { hostFact } from '../../origin/origin.ts'
import { hugePages } from '../../parts/memory-backend/pages.ts'

/** Folders for memory that is a file: in the file system of huge pages, or below the folder for memory. */
export function launchMemoryBacking(context: Context, plan: LaunchBuilder): void {
  const { memoryBacking, cpu } = context.definition
  const cells = cpu?.numa?.cell ?? []
  const numbers = cells.length === 0 ? [undefined] : cells.map((_, index) => index)
  for (const cell of numbers) {
    const pages = hugePages(undefined, cell, context)
    if (pages === undefined) continue
    const from = hostFact('config.hugetlbfs')
    plan.writable(pages.mount, 'huge pages', from, 'Mount hugetlbfs there so that you may write to it.')
    plan.folder(`${pages.mount}/libvirt/qemu/${shortName(context)}`, 'huge pages', from)
  }
  const shared = memoryBacking?.access !== undefined || cells.some(({ memAccess }) => memAccess !== undefined)
  const { type } = memoryBacking?.source ?? {}
  if (type === 'memfd' || (type !== 'file' && !shared)) return
  const from = memoryBacking?.source ? of(memoryBacking.source, 'type') : rule('memory-backend/access')
  plan.folder(`${context.host.config.memoryBackingDir}/${shortName(context)}`, 'memory that is a file', from)
}
