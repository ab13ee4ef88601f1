import { element, type Infer } from '../../codec/element.ts'
import { optional } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import { chardevDevice } from '../../fragments/chardev/device.ts'
import { chardevPort } from '../../fragments/chardev/port.ts'

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
export const guestConsole = chardevDevice('console', 'A console of the guest.', consoleTarget)

export type GuestConsole = Infer<typeof guestConsole>
export type ConsoleTargetType = NonNullable<Infer<typeof consoleTarget>['type']>
