import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { newer, oneOf, yesNo } from '../../codec/scalar.ts'
import { audioReference } from '../../fragments/audio-reference.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

const codec = element('codec', 'A codec of an HDA card.', {
  attributes: {
    type: required(oneOf('duplex', 'micro', 'output'), {
      doc: 'Line in and out, microphone and speaker, or line out alone.',
    }),
  },
})

const driver = element('driver', 'Options of virtio.', { attributes: virtioOptions }, { omitEmpty: true })

export const sound = element(
  'sound',
  'A sound card.',
  {
    attributes: {
      model: required(
        newer(oneOf('sb16', 'es1370', 'pcspk', 'ac97', 'ich6', 'ich7', 'ich9', 'usb', 'virtio'), { virtio: '10.4' }),
        { doc: 'The card.' },
      ),
      multichannel: optional(yesNo, { doc: 'More than two channels (usb).' }),
      streams: optional(integer({ min: 1 }), { doc: 'Streams of sound (virtio).', since: '10.4' }),
    },
    children: {
      codec: many(codec),
      audio: child(audioReference),
      ...plainDeviceInfo,
      driver: child(driver, { since: '10.4' }),
    },
  },
  {
    // No other card is asked how many channels it has (libvirt 11.3 and 12.8).
    settle: ({ fields }) => {
      if (fields.model !== 'usb') fields.multichannel = undefined
    },
  },
)

export type Sound = Infer<typeof sound>
