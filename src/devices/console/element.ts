import { element, type Infer } from '../../codec/element.ts'
import { child, optional, withDefault } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import { chardevBy, chardevIgnored, chardevLog, chardevType, settleChardev } from '../../fragments/chardev/element.ts'
import { chardevPort } from '../../fragments/chardev/port.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

export const consoleTarget = element(
  'target',
  'What the guest sees.',
  {
    attributes: {
      type: optional(oneOf('serial', 'xen', 'uml', 'virtio', 'lxc', 'openvz', 'sclp', 'sclplm'), {
        doc: 'serial: the first serial port under another name, the default.',
      }),
      port: optional(chardevPort, { doc: "The console's place in the list; what is written does not count." }),
    },
  },
  {
    settle: ({ fields }) => {
      fields.port = undefined
    },
  },
)

/** formatdomain, "Console". */
export const guestConsole = element(
  'console',
  'A console of the guest.',
  {
    attributes: { type: withDefault(chardevType, 'pty', { doc: 'What it is on the host.' }) },
    children: { by: chardevBy, log: chardevLog, target: child(consoleTarget), ...plainDeviceInfo },
  },
  { ignored: chardevIgnored, settle: settleChardev },
)

export type GuestConsole = Infer<typeof guestConsole>
export type ConsoleTargetType = NonNullable<Infer<typeof consoleTarget>['type']>
