import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

export function launchBlkiotune({ definition }: Context, plan: LaunchBuilder): void {
  if (definition.blkiotune !== undefined)
    plan.missing('No cgroup weighs or limits its disks.', of(definition, 'blkiotune'))
}
