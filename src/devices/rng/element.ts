import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required, requiredChild } from '../../codec/field.ts'
import { integer, unsetAtZero } from '../../codec/number.ts'
import { emptyAsAbsent, oneOf, text } from '../../codec/scalar.ts'
import {
  chardevBy,
  chardevIgnored,
  chardevLog,
  chardevType,
  settleUnlabelled,
} from '../../fragments/chardev/element.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { virtioModel } from '../../fragments/virtio-model.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

const rate = element('rate', 'How much the guest may take.', {
  attributes: {
    bytes: optional(emptyAsAbsent(integer()), { doc: 'Bytes a period; without them there is no limit.' }),
    period: optional(emptyAsAbsent(unsetAtZero(integer())), { doc: 'Milliseconds; 1000 where absent.' }),
  },
})

const backend = element(
  'backend',
  'Where the random numbers come from.',
  {
    attributes: {
      model: required(oneOf('random', 'egd', 'builtin'), {
        doc: 'random: a device of the host; egd: a daemon that speaks the EGD protocol; builtin: QEMU itself.',
      }),
      type: optional(chardevType, { doc: 'egd: the way to the daemon.' }),
    },
    value: text,
    children: { by: chardevBy, log: chardevLog },
  },
  {
    ignored: chardevIgnored,
    alwaysOpen: ({ model }) => model === 'egd',
    settle: (settling) => {
      const { fields } = settling
      if (fields.model !== 'egd') {
        fields.type = undefined
        fields.log = undefined
        if (fields.model === 'builtin') fields.value = undefined
      } else {
        fields.value = undefined
        if (fields.type === undefined) {
          settling.error({
            code: 'rng/egd-without-type',
            message: 'A backend of model egd needs the way to the daemon.',
            hint: "Add type='unix' or type='tcp' and a <source>.",
          })
        } else settleUnlabelled(settling)
      }
    },
  },
)

const driver = element('driver', 'Options of virtio.', { attributes: virtioOptions }, { omitEmpty: true })

/** formatdomain, "Random number generator device". */
export const rng = element(
  'rng',
  'A source of random numbers.',
  {
    attributes: { model: required(virtioModel, { doc: 'Kind of device.' }) },
    children: {
      rate: child(rate),
      backend: requiredChild(backend, { once: true, missing: 'rng/missing-backend' }),
      driver: child(driver),
      ...plainDeviceInfo,
    },
  },
  {
    settle: ({ fields }) => {
      if (!(fields.rate as Infer<typeof rate> | undefined)?.bytes) fields.rate = undefined
    },
  },
)

export type Rng = Infer<typeof rng>
