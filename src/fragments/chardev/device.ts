import type { Element } from '../../codec/description.ts'
import { element } from '../../codec/element.ts'
import { child, withDefault } from '../../codec/field.ts'
import { plainDeviceInfo } from '../device-info.ts'
import { chardevBy, chardevIgnored, chardevLog, chardevType, settleChardev } from './element.ts'

/** A device of the guest that is a character device of the host: what the guest sees of it is `target`. */
export const chardevDevice = <T extends object>(name: string, doc: string, target: Element<T>) =>
  element(
    name,
    doc,
    {
      attributes: { type: withDefault(chardevType, 'pty', { doc: 'What it is on the host.' }) },
      children: { by: chardevBy, log: chardevLog, target: child(target), ...plainDeviceInfo },
    },
    { ignored: chardevIgnored, settle: settleChardev },
  )
