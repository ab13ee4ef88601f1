import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { launchBlkiotune } from './launch.ts'

/** Two limits for one device contradict each other. */
function checkDevices(context: Context): void {
  const seen = new Set<string>()
  for (const device of context.definition.blkiotune?.device ?? []) {
    if (seen.has(device.path)) {
      context.error({
        code: 'blkiotune/duplicate-device',
        message: `${device.path} has two sets of limits.`,
        hint: 'Keep one <device> for it.',
        at: device,
        field: 'path',
      })
    }
    seen.add(device.path)
  }
}

export const blkiotuneSection = { validate: checkDevices, launch: launchBlkiotune } satisfies Section
