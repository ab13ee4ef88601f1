import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import type { Memballoon } from './element.ts'

/** How much memory the guest has at first, and how often it is asked how it does. */
export function launchMemballoon(device: Memballoon, context: Context, plan: LaunchBuilder): void {
  if (device.model === 'none' || device.model === 'xen') return
  const { memory, currentMemory } = context.definition
  if (currentMemory?.value !== undefined && memory?.value !== undefined && currentMemory.value < memory.value) {
    const value = Number(currentMemory.value * 1024n)
    const from = of(currentMemory, 'value')
    plan.qmp({ execute: 'balloon', arguments: { value }, optional: true, what: 'the memory it has at first', from })
  }
  const period = device.stats?.period
  if (!period || device.stats === undefined) return
  plan.qmp({
    execute: 'qom-set',
    arguments: {
      path: `/machine/peripheral/${context.alias(device)}`,
      property: 'guest-stats-polling-interval',
      value: period,
    },
    what: 'how often its memory is asked about',
    from: of(device.stats, 'period'),
  })
}
