import type { Context } from '../../context/context.ts'
import { rates } from '../../fragments/io-limits.ts'
import { checkTotals } from '../../parts/io-limits.ts'
import type { Disk } from './element.ts'
import type { Iotune } from './iotune.ts'

/** QEMU: THROTTLE_VALUE_MAX. */
const highest = 1_000_000_000_000_000n

/** What limits may stand beside each other, and how high they are. */
export function checkIotune({ iotune }: Disk, context: Context): void {
  if (iotune === undefined) return
  checkTotals(iotune, 'disk', context)
  for (const rate of rates) {
    for (const field of [rate, `${rate}_max`, `${rate}_max_length`] as const) refuseHigh(iotune, field, context)
  }
  refuseHigh(iotune, 'size_iops_sec', context)
}

/** Disks of one group have one set of limits. */
export function checkIotuneGroups(context: Context): void {
  const first = new Map<string, Disk>()
  for (const disk of context.devices.disk) {
    const { iotune } = disk
    if (iotune?.group_name === undefined) continue
    const other = first.get(iotune.group_name)
    if (other?.iotune === undefined) {
      first.set(iotune.group_name, disk)
      continue
    }
    const of = other.iotune
    const different = (Object.keys(iotune) as (keyof Iotune)[]).find((field) => iotune[field] !== of[field])
    if (different === undefined) continue
    context.error({
      code: 'disk/iotune-group',
      message: `${disk.target?.dev} and ${other.target?.dev} are of the group ${iotune.group_name}, and differ in ${different}.`,
      hint: 'Give all disks of the group the same limits, or this one a group of its own.',
      at: iotune,
      ...(iotune[different] !== undefined && { field: different }),
    })
  }
}

function refuseHigh(iotune: Iotune, field: Exclude<keyof Iotune, 'group_name'>, context: Context): void {
  const value = iotune[field]
  if (value === undefined || value <= highest) return
  context.error({
    code: 'disk/iotune-limit',
    message: `The limit ${value} is higher than any that QEMU takes.`,
    hint: `Use at most ${highest}.`,
    at: iotune,
    field,
  })
}
