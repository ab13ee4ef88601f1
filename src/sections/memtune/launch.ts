import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

export function launchMemtune({ definition }: Context, plan: LaunchBuilder): void {
  if (definition.memtune !== undefined) plan.missing('No cgroup limits its memory.', of(definition, 'memtune'))
}
