import type { Context } from '../../context/context.ts'
import type { Disk } from './element.ts'

/** Filters of a disk (formatdomain, throttlefilters; oracle: libvirt 11.3, 12.8). */
export function checkThrottle(disk: Disk, context: Context): void {
  const { throttlefilters: filters, target, iotune } = disk
  if (filters === undefined || filters.throttlefilter.length === 0) return
  const known = new Set(context.definition.throttlegroups?.throttlegroup.map((it) => it.group_name))
  const seen = new Set<string>()
  for (const filter of filters.throttlefilter) {
    const { group } = filter
    if (!known.has(group)) {
      context.error({
        code: 'disk/throttle-group-unknown',
        message: `The guest has no group of limits ${group}.`,
        hint: `Add a <throttlegroup> with <group_name>${group}</group_name> to <throttlegroups>.`,
        at: filter,
        field: 'group',
      })
    } else if (seen.has(group)) {
      context.error({
        code: 'disk/throttle-filter-doubled',
        message: `The disk names the group ${group} twice.`,
        hint: 'Name each group once.',
        at: filter,
        field: 'group',
      })
    }
    seen.add(group)
  }
  if (iotune && Object.values(iotune).some((value) => value !== undefined)) {
    context.error({
      code: 'disk/throttle-and-iotune',
      message: 'A disk has limits of its own, or filters that hold it to those of groups, not both.',
      hint: 'Keep either <iotune> or <throttlefilters>.',
      at: iotune,
    })
  }
  if (disk.device === 'cdrom') {
    context.error({
      code: 'disk/throttle-cdrom',
      message: 'The medium of a CD drive changes: it has no filters.',
      hint: 'Use <iotune>, or remove <throttlefilters>.',
      at: filters,
    })
  }
  if (disk.type === 'vhostuser' || target?.bus === 'sd') {
    context.error({
      code: 'disk/throttle-without-node',
      message: `${disk.type === 'vhostuser' ? 'A disk of another process' : 'An SD card'} is no block device of QEMU that a filter could stand above.`,
      hint: 'Remove <throttlefilters>.',
      at: filters,
      when: 'start',
    })
  }
}
