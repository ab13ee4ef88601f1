import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { formatRanges } from '../../fragments/number-ranges.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import { groupsOf } from './resctrl.ts'

/** Threads are pinned once QEMU runs; weights and quotas are cgroups', which a start without libvirt has not. */
export function launchCputune(context: Context, plan: LaunchBuilder): void {
  const { cputune } = context.definition
  if (cputune === undefined) return
  const { emulatorpin } = cputune
  if (emulatorpin) plan.pin('emulator', formatRanges(emulatorpin.cpuset), of(emulatorpin, 'cpuset'))
  for (const pin of cputune.vcpupin) plan.pin({ vcpu: pin.vcpu }, formatRanges(pin.cpuset), of(pin, 'cpuset'))
  for (const pin of cputune.iothreadpin) {
    plan.pin({ iothread: `iothread${pin.iothread}` }, formatRanges(pin.cpuset), of(pin, 'cpuset'))
  }
  for (const field of limits) {
    if (cputune[field] !== undefined) plan.missing('No cgroup limits the time of its threads.', of(cputune, field))
  }
  const [group] = groupsOf(cputune)
  if (group)
    plan.missing('No group of resctrl shares out or measures caches, memory bandwidth or energy.', of(group, 'vcpus'))
  const scheduled = cputune.vcpusched[0] ?? cputune.iothreadsched[0] ?? cputune.emulatorsched
  if (scheduled) plan.missing('Threads keep the ordinary scheduler.', of(scheduled, 'scheduler'))
}

const limits = [
  'shares',
  'period',
  'quota',
  'global_period',
  'global_quota',
  'emulator_period',
  'emulator_quota',
  'iothread_period',
  'iothread_quota',
] as const
