import { element, type Infer } from '../../codec/element.ts'
import { required, withDefault } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

export const watchdog = element('watchdog', 'Acts when the guest does not answer in time.', {
  attributes: {
    model: required(oneOf('i6300esb', 'ib700', 'diag288', 'itco'), {
      doc: 'The device: PCI (i6300esb), ISA (ib700), s390x (diag288), or part of the Q35 chipset (itco).',
    }),
    action: withDefault(oneOf('reset', 'shutdown', 'poweroff', 'pause', 'none', 'dump', 'inject-nmi'), 'reset', {
      doc: 'What happens when the time is over; all watchdogs of a guest share it.',
    }),
  },
  children: { ...plainDeviceInfo },
})

export type Watchdog = Infer<typeof watchdog>
