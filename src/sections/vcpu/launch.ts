import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { formatRanges } from '../../fragments/number-ranges.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

/** CPUs that can be taken away are plugged once QEMU runs; threads run on the host's CPUs that `<vcpu>` names. */
export function launchVcpus(context: Context, plan: LaunchBuilder): void {
  const { vcpu, vcpus, cputune } = context.definition
  const plugged = (vcpus?.vcpu ?? []).filter(({ enabled, hotpluggable }) => enabled && hotpluggable)
  for (const one of [...plugged].sort((a, b) => (a.order ?? 0) - (b.order ?? 0))) plan.plugCpu(one.id, of(one, 'id'))
  if (vcpu?.placement === 'auto')
    plan.missing('Nobody advises on which CPUs of the host it runs.', of(vcpu, 'placement'))
  if (vcpu?.cpuset === undefined) return
  const from = of(vcpu, 'cpuset')
  const pinned = new Set(cputune?.vcpupin.map(({ vcpu: number }) => number))
  const cpus = formatRanges(vcpu.cpuset)
  if (cputune?.emulatorpin === undefined) plan.pin('emulator', cpus, from)
  const count = vcpu.current ?? vcpu.value ?? 1
  for (let number = 0; number < count; number++) if (!pinned.has(number)) plan.pin({ vcpu: number }, cpus, from)
}
