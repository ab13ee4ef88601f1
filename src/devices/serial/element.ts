import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required, withDefault } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import { chardevBy, chardevIgnored, chardevLog, chardevType, settleChardev } from '../../fragments/chardev/element.ts'
import { chardevPort } from '../../fragments/chardev/port.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

const modelName = oneOf(
  'isa-serial',
  'usb-serial',
  'pci-serial',
  'spapr-vty',
  'pl011',
  'sclpconsole',
  'sclplmconsole',
  '16550a',
  'isa-debugcon',
)

const targetType = oneOf(
  'isa-serial',
  'usb-serial',
  'pci-serial',
  'spapr-vio-serial',
  'system-serial',
  'sclp-serial',
  'isa-debug',
)

const model = element('model', "QEMU's device.", {
  attributes: { name: required(modelName, { doc: "The machine's own kind where absent." }) },
})

export const serialTarget = element('target', 'What the guest sees.', {
  attributes: {
    type: optional(targetType, { doc: "The bus it is on; the machine's own where absent." }),
    port: optional(chardevPort, {
      doc: 'Number of the port, from 0; the next after the highest where absent.',
    }),
  },
  children: { model: child(model) },
})

/** formatdomain, "Serial port". */
export const serial = element(
  'serial',
  'A serial port.',
  {
    attributes: { type: withDefault(chardevType, 'pty', { doc: 'What it is on the host.' }) },
    children: { by: chardevBy, log: chardevLog, target: child(serialTarget), ...plainDeviceInfo },
  },
  { ignored: chardevIgnored, settle: settleChardev },
)

export type Serial = Infer<typeof serial>
export type SerialTarget = Infer<typeof serialTarget>
export type SerialTargetType = NonNullable<SerialTarget['type']>
export type SerialModel = Infer<typeof model>['name']
