import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required } from '../../codec/field.ts'
import { oneOf, yesNo } from '../../codec/scalar.ts'
import { audioReference } from '../../fragments/audio-reference.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

const codec = element('codec', 'A codec of an HDA card.', {
  attributes: {
    type: required(oneOf('duplex', 'micro', 'output'), {
      doc: 'Line in and out, microphone and speaker, or line out alone.',
    }),
  },
})

export const sound = element('sound', 'A sound card.', {
  attributes: {
    model: required(oneOf('sb16', 'es1370', 'pcspk', 'ac97', 'ich6', 'ich7', 'ich9', 'usb'), { doc: 'The card.' }),
    multichannel: optional(yesNo, { doc: 'More than two channels (usb).' }),
  },
  children: { codec: many(codec), audio: child(audioReference), ...plainDeviceInfo },
})

export type Sound = Infer<typeof sound>
