import { textChild } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'

const onEvent = oneOf('destroy', 'restart', 'preserve', 'rename-restart')

/** What happens when the guest stops (formatdomain, "Events configuration"). */
export const lifecycle = {
  on_poweroff: textChild(onEvent, { doc: 'When the guest powers off; destroy where absent.' }),
  on_reboot: textChild(onEvent, { doc: 'When the guest reboots; restart where absent.' }),
  on_crash: textChild(
    oneOf('destroy', 'restart', 'preserve', 'rename-restart', 'coredump-destroy', 'coredump-restart'),
    {
      doc: 'When the guest crashes; destroy where absent.',
    },
  ),
} as const
