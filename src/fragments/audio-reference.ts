import { element, type Infer } from '../codec/element.ts'
import { required } from '../codec/field.ts'
import { cNumber } from '../codec/number.ts'

/** `<audio id=…/>` inside a sound device or a screen. */
export const audioReference = element('audio', 'The backend that carries the sound.', {
  attributes: { id: required(cNumber({ min: 1 }), { doc: 'Id of the <audio> element.' }) },
})

export type AudioReference = Infer<typeof audioReference>
