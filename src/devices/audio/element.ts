import { choice, element, type Infer } from '../../codec/element.ts'
import { optional, required } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { oneOf, text, yesNo } from '../../codec/scalar.ts'
import {
  alsaStreams,
  coreaudioStreams,
  jackStreams,
  ossStreams,
  pipewireStreams,
  plainStreams,
  pulseaudioStreams,
  sdlStreams,
} from './stream.ts'

const types = oneOf(
  'none',
  'alsa',
  'coreaudio',
  'jack',
  'oss',
  'pulseaudio',
  'sdl',
  'spice',
  'file',
  'dbus',
  'pipewire',
)

export const audio = element('audio', "Where the guest's sound goes on the host.", {
  attributes: {
    id: required(integer({ min: 1 }), { doc: 'Number by which sound devices and screens refer to it.' }),
    type: required(types, { doc: 'The backend.' }),
    timerPeriod: optional(integer({ min: 1 }), { doc: 'Period of the timer in microseconds.' }),
  },
  children: {
    by: choice('type', {
      none: { children: plainStreams },
      spice: { children: plainStreams },
      dbus: { children: plainStreams },
      alsa: { children: alsaStreams },
      coreaudio: { children: coreaudioStreams },
      jack: { children: jackStreams },
      oss: {
        attributes: {
          tryMMap: optional(yesNo, { doc: 'Try to map the buffers of the device.' }),
          exclusive: optional(yesNo, { doc: 'Open the device for this guest alone.' }),
          dspPolicy: optional(integer({ max: 10 }), {
            doc: 'Timing policy: lower is quicker and costs more; -1 is fragment mode.',
          }),
        },
        children: ossStreams,
      },
      pulseaudio: {
        attributes: { serverName: optional(text, { doc: 'PulseAudio server.' }) },
        children: pulseaudioStreams,
      },
      pipewire: {
        attributes: { runtimeDir: optional(text, { doc: "Folder of PipeWire's socket." }) },
        children: pipewireStreams,
      },
      sdl: {
        attributes: {
          driver: optional(oneOf('esd', 'alsa', 'arts', 'pulseaudio'), { doc: "SDL's own driver." }),
        },
        children: sdlStreams,
      },
      file: { attributes: { path: optional(text, { doc: 'File that is written.' }) }, children: plainStreams },
    }),
  },
})

export type Audio = Infer<typeof audio>
export type AudioOf<T extends Audio['type']> = Extract<Audio, { type: T }>
