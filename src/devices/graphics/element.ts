import { element, type Infer } from '../../codec/element.ts'
import { required } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'

export const graphics = element('graphics', 'A way to see the screen of the guest.', {
  attributes: {
    type: required(oneOf('sdl', 'vnc', 'rdp', 'desktop', 'spice', 'egl-headless', 'dbus')),
  },
})

export type Graphics = Infer<typeof graphics>
