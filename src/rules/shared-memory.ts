import type { Context } from '../context/context.ts'
import { defaultRamId } from '../parts/memory-backend/default-ram.ts'
import { dated } from '../release/dated.ts'

/** Devices that another process serves read and write the guest's memory: it must be shared (kbase, "virtiofs"). */
export function sharedMemory(context: Context): void {
  const { devices } = context
  const served: (readonly [device: object, what: string])[] = [
    ...devices.filesystem
      .filter(({ driver }) => driver?.type === 'virtiofs')
      .map((device) => [device, 'a virtiofs file system'] as const),
    ...devices.disk.filter(({ type }) => type === 'vhostuser').map((device) => [device, 'a vhost-user disk'] as const),
    ...devices.disk.filter(({ type }) => type === 'vhostvdpa').map((device) => [device, 'a vDPA disk'] as const),
  ]
  const cards = devices.interface.filter(({ type }) => type === 'vhostuser')
  if (served.length + cards.length === 0 || isShared(context)) return
  for (const card of cards) reportCard(card, context)
  for (const [device, what] of served) {
    context.error({
      code: 'memory/not-shared',
      message: `The process behind ${what} must see the guest's memory, which is not shared.`,
      hint: "Add <memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>.",
      at: device,
    })
  }
}

/** A switch that cannot see the guest's memory moves no packet; later libvirts refuse what the earlier only log. */
const cardsRefused = dated(false, ['11.3', true])

function reportCard(card: object, context: Context): void {
  const finding = {
    code: 'memory/not-shared',
    message:
      "The switch behind a vhost-user card must see the guest's memory, which is not shared: no packet will pass.",
    hint: "Add <memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>.",
    at: card,
  }
  if (context.plan.at(cardsRefused)) context.error(finding)
  else context.warn(finding)
}

/** Every NUMA cell is shared; without cells the memory as a whole, where QEMU lets it be a backend. */
function isShared(context: Context): boolean {
  const { cpu, memoryBacking } = context.definition
  const mode = memoryBacking?.access?.mode
  const cells = cpu?.numa?.cell ?? []
  if (cells.length > 0) return cells.every(({ memAccess = mode }) => memAccess === 'shared')
  return mode === 'shared' && defaultRamId(context) !== undefined
}
