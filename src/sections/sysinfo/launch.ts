import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

/** Files whose content the firmware hands on. */
export function launchSysinfo(context: Context, plan: LaunchBuilder): void {
  for (const info of context.definition.sysinfo) {
    if (info.type !== 'fwcfg') continue
    for (const entry of info.entry) {
      if (entry.file !== undefined) plan.readable(entry.file, 'a blob for the firmware', of(entry, 'file'))
    }
  }
}
