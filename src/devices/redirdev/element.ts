import { element, type Infer } from '../../codec/element.ts'
import { required, withDefault } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import {
  chardevBy,
  chardevIgnored,
  chardevLog,
  chardevType,
  settleUnlabelled,
} from '../../fragments/chardev/element.ts'
import { deviceInfo } from '../../fragments/device-info.ts'

const { boot, alias, address } = deviceInfo

/** formatdomain, "Redirected devices". */
export const redirdev = element(
  'redirdev',
  'A USB device that comes over a connection.',
  {
    attributes: {
      bus: withDefault(oneOf('usb'), 'usb', { doc: 'Where the guest sees it.' }),
      type: required(chardevType, { doc: 'The way to the device.' }),
    },
    children: { by: chardevBy, log: chardevLog, boot, alias, address },
  },
  { ignored: chardevIgnored, settle: settleUnlabelled },
)

export type Redirdev = Infer<typeof redirdev>
