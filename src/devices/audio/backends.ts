import type { Audio, AudioOf } from './element.ts'

type StreamOf<T extends Audio['type']> = NonNullable<AudioOf<T>['input']>

/** A field and QEMU's name of it (QAPI `Audiodev`), in output order. */
type Names<F> = readonly (readonly [field: F, property: string])[]

export interface Backend<T extends Audio['type']> {
  /** QEMU's name of the driver. */
  readonly driver: string
  readonly own?: Names<keyof AudioOf<T> & string>
  readonly stream?: Names<keyof StreamOf<T> & string>
}

const pulseLike = [
  ['name', 'name'],
  ['streamName', 'stream-name'],
  ['latency', 'latency'],
] as const

export const backends: { readonly [T in Audio['type']]: Backend<T> } = {
  none: { driver: 'none' },
  spice: { driver: 'spice' },
  dbus: { driver: 'dbus' },
  alsa: { driver: 'alsa', stream: [['dev', 'dev']] },
  coreaudio: { driver: 'coreaudio', stream: [['bufferCount', 'buffer-count']] },
  jack: {
    driver: 'jack',
    stream: [
      ['serverName', 'server-name'],
      ['clientName', 'client-name'],
      ['connectPorts', 'connect-ports'],
      ['exactName', 'exact-name'],
    ],
  },
  oss: {
    driver: 'oss',
    own: [
      ['tryMMap', 'try-mmap'],
      ['exclusive', 'exclusive'],
      ['dspPolicy', 'dsp-policy'],
    ],
    stream: [
      ['dev', 'dev'],
      ['bufferCount', 'buffer-count'],
      ['tryPoll', 'try-poll'],
    ],
  },
  pulseaudio: { driver: 'pa', own: [['serverName', 'server']], stream: pulseLike },
  pipewire: { driver: 'pipewire', stream: pulseLike },
  sdl: { driver: 'sdl', stream: [['bufferCount', 'buffer-count']] },
  file: { driver: 'wav', own: [['path', 'path']] },
}

/** The backend that QEMU calls so; undefined where it has none of that name. */
export function typeOfDriver(driver: string): Audio['type'] | undefined {
  return (Object.keys(backends) as Audio['type'][]).find((type) => backends[type].driver === driver)
}
