import { element, type Infer } from '../../codec/element.ts'
import { child, optional, withDefault } from '../../codec/field.ts'
import { chardevBy, chardevIgnored, chardevLog, chardevType, settleChardev } from '../../fragments/chardev/element.ts'
import { chardevPort } from '../../fragments/chardev/port.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

export const parallelTarget = element('target', 'What the guest sees.', {
  attributes: {
    port: optional(chardevPort, {
      doc: 'Number of the port, from 0; the next after the highest where absent.',
    }),
  },
})

/** formatdomain, "Parallel port". */
export const parallel = element(
  'parallel',
  'A parallel port.',
  {
    attributes: { type: withDefault(chardevType, 'pty', { doc: 'What it is on the host.' }) },
    children: { by: chardevBy, log: chardevLog, target: child(parallelTarget), ...plainDeviceInfo },
  },
  { ignored: chardevIgnored, settle: settleChardev },
)

export type Parallel = Infer<typeof parallel>
