import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

/** Labels are given by libvirt's security drivers. */
export function launchSeclabel({ definition }: Context, plan: LaunchBuilder): void {
  const wanted = definition.seclabel.find(({ type }) => type !== 'none')
  if (wanted) plan.missing('The process and its files get no security label.', of(wanted, 'type'))
}
