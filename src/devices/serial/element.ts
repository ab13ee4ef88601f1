import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import { chardevDevice } from '../../fragments/chardev/device.ts'
import { chardevPort } from '../../fragments/chardev/port.ts'

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
export const serial = chardevDevice('serial', 'A serial port.', serialTarget)

export type Serial = Infer<typeof serial>
export type SerialTarget = Infer<typeof serialTarget>
export type SerialTargetType = NonNullable<SerialTarget['type']>
export type SerialModel = Infer<typeof model>['name']
