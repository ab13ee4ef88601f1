import type { Context } from '../../context/context.ts'
import { rates } from '../../fragments/io-limits.ts'
import { defaultRule } from '../../origin/origin.ts'
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
  for (const [group, { iotune }] of first) {
    if (!iotune || saysLimits(iotune)) continue
    context.error({
      code: 'disk/iotune-group-alone',
      message: `The group ${group} has no limits.`,
      hint: 'Add a limit, or remove <group_name>.',
      at: iotune,
      field: 'group_name',
    })
  }
}

/** Whether it says more than a group; 0 is no limit. */
const saysLimits = ({ group_name: _, ...rest }: Iotune): boolean =>
  Object.values(rest).some((value) => value !== undefined && value !== 0n)

export function shareLimits(context: Context): void {
  for (const { iotune } of context.devices.disk) {
    if (iotune?.group_name === undefined || saysLimits(iotune)) continue
    const said = context.devices.disk.find(
      ({ iotune: it }) => it?.group_name === iotune.group_name && it !== undefined && saysLimits(it),
    )?.iotune
    if (said === undefined) continue
    for (const field of Object.keys(said) as (keyof Iotune)[]) {
      if (said[field] !== iotune[field]) context.set(iotune, field, said[field], defaultRule('disk/iotune-group'))
    }
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
