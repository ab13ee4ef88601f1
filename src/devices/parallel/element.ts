import { element, type Infer } from '../../codec/element.ts'
import { optional } from '../../codec/field.ts'
import { chardevDevice } from '../../fragments/chardev/device.ts'
import { chardevPort } from '../../fragments/chardev/port.ts'

export const parallelTarget = element('target', 'What the guest sees.', {
  attributes: {
    port: optional(chardevPort, {
      doc: 'Number of the port, from 0; the next after the highest before it where absent.',
    }),
  },
})

/** formatdomain, "Parallel port". */
export const parallel = chardevDevice('parallel', 'A parallel port.', parallelTarget)

export type Parallel = Infer<typeof parallel>
