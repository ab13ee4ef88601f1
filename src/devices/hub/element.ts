import { element, type Infer } from '../../codec/element.ts'
import { required } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

export const hub = element('hub', 'A USB hub of eight ports.', {
  attributes: { type: required(oneOf('usb'), { doc: 'The kind of hub.' }) },
  children: { ...plainDeviceInfo },
})

export type Hub = Infer<typeof hub>
