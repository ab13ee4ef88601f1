import { choice, element, type Infer } from '../../codec/element.ts'
import { optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { oneOf, text } from '../../codec/scalar.ts'
import { chardevBy, chardevIgnored, chardevLog, chardevType, settleChardev } from '../../fragments/chardev/element.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

const name = optional(text, { keepsEmpty: true, doc: 'The name by which programs in the guest find it.' })

const target = element(
  'target',
  'What the guest sees.',
  {
    attributes: {
      type: required(oneOf('virtio', 'guestfwd', 'xen'), {
        doc: 'virtio: a named port; guestfwd: an address of user networking.',
        missing: 'channel/missing-target',
      }),
    },
    children: {
      by: choice('type', {
        virtio: { attributes: { name } },
        xen: { attributes: { name } },
        guestfwd: {
          attributes: {
            address: required(text, { doc: 'IPv4 address that the guest connects to.' }),
            port: required(integer({ max: 65535 }), { doc: 'Its TCP port.' }),
          },
        },
      }),
    },
  },
  { ignored: { attributes: ['state'] } },
)

/** formatdomain, "Channel". */
export const channel = element(
  'channel',
  'A channel between the host and programs in the guest.',
  {
    attributes: { type: withDefault(chardevType, 'pty', { doc: 'What it is on the host.' }) },
    children: {
      by: chardevBy,
      log: chardevLog,
      target: requiredChild(target, { missing: 'channel/missing-target', doc: 'What the guest sees.' }),
      ...plainDeviceInfo,
    },
  },
  { ignored: chardevIgnored, settle: settleChardev },
)

export type Channel = Infer<typeof channel>
