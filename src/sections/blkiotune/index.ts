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

const least = 100
const most = 1000

/** libvirt defines any weight, and the kernel refuses what its scale has not (formatdomain, "Block I/O Tuning"). */
function checkWeights(context: Context): void {
  const { blkiotune } = context.definition
  if (blkiotune === undefined) return
  for (const at of [blkiotune, ...blkiotune.device]) {
    if (at.weight === undefined || (at.weight >= least && at.weight <= most)) continue
    context.warn({
      code: 'blkiotune/weight',
      message: `A weight of ${at.weight} is not on the scale from ${least} to ${most}: the guest will not start with it.`,
      hint: `Choose one from ${least} to ${most}.`,
      at,
      field: 'weight',
    })
  }
}

export const blkiotuneSection = {
  validate: (context) => {
    checkDevices(context)
    checkWeights(context)
  },
  launch: launchBlkiotune,
} satisfies Section
