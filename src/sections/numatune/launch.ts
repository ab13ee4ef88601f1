import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

/** Nodes of the host are QEMU's to bind, but for those that only cgroups or the host's advisor keep to. */
export function launchNumatune({ definition }: Context, plan: LaunchBuilder): void {
  const memory = definition.numatune?.memory
  if (memory?.placement === 'auto') {
    plan.missing('Nobody advises on which NUMA nodes its memory lies.', of(memory, 'placement'))
  }
  if (memory?.mode === 'restrictive') plan.missing('No cgroup keeps its memory on NUMA nodes.', of(memory, 'mode'))
}
