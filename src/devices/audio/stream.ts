import type { Attributes } from '../../codec/description.ts'
import { element } from '../../codec/element.ts'
import { child, optional } from '../../codec/field.ts'
import { integer, unsetAtZero } from '../../codec/number.ts'
import { oneOf, text, yesNo } from '../../codec/scalar.ts'

const settings = element('settings', 'A fixed format of the stream.', {
  attributes: {
    frequency: optional(integer({ min: 1 }), { doc: 'Samples a second, in Hz.' }),
    channels: optional(integer({ min: 1 }), { doc: 'Number of channels.' }),
    format: optional(oneOf('s8', 'u8', 's16', 'u16', 's32', 'u32', 'f32'), { doc: 'Format of a sample.' }),
  },
})

const common = {
  mixingEngine: optional(yesNo, { doc: 'Convert formats and rates on the host.' }),
  fixedSettings: optional(yesNo, { doc: 'Keep to <settings>; needs the mixing engine.' }),
  voices: optional(integer({ min: 1 }), { doc: 'Number of voices.' }),
  bufferLength: optional(integer({ min: 1 }), { doc: 'Length of the buffer in microseconds.' }),
} as const

/** Input and output of a backend: what all backends have, and the backend's own attributes after it. */
export function streams<const A extends Attributes>(own: A) {
  const stream = <const N extends string>(name: N, doc: string) =>
    element(
      name,
      doc,
      { attributes: { ...common, ...own }, children: { settings: child(settings) } },
      {
        omitEmpty: true,
        settle: ({ fields, error }) => {
          if (fields.fixedSettings === true) fields.settings ??= settings.create({})
          if (fields.fixedSettings === true && fields.mixingEngine !== true) {
            error({
              code: 'audio/fixed-without-mixing',
              message: 'Fixed settings need the mixing engine, which is not enabled.',
              hint: "Add mixingEngine='yes', or remove fixedSettings.",
              attribute: 'fixedSettings',
            })
          }
          if (fields.settings !== undefined && fields.fixedSettings !== true) {
            error({
              code: 'audio/settings-not-fixed',
              message: '<settings> holds only where the settings are fixed.',
              hint: "Add fixedSettings='yes' and mixingEngine='yes', or remove <settings>.",
            })
          }
        },
      },
    )
  return {
    input: child(stream('input', 'What the guest records.')),
    output: child(stream('output', 'What the guest plays.')),
  } as const
}

const bufferCount = optional(unsetAtZero(integer()), { doc: 'Number of buffers.' })
const dev = optional(text, { doc: 'Device of the host.' })
const named = {
  name: optional(text, { doc: 'Sink or source of the host.' }),
  streamName: optional(text, { keepsEmpty: true, doc: 'Name under which the guest shows up.' }),
  latency: optional(unsetAtZero(integer()), { doc: 'Latency to aim at, in microseconds.' }),
} as const

export const plainStreams = streams({})
export const alsaStreams = streams({ dev })
export const coreaudioStreams = streams({ bufferCount })
export const jackStreams = streams({
  serverName: optional(text, { doc: 'Jack server to connect to.' }),
  clientName: optional(text, { doc: 'Name of the client.' }),
  connectPorts: optional(text, { doc: 'Regular expression of the ports to connect to.' }),
  exactName: optional(yesNo, { doc: 'Use exactly clientName.' }),
})
export const ossStreams = streams({ dev, bufferCount, tryPoll: optional(yesNo, { doc: 'Try polling.' }) })
export const pulseaudioStreams = streams(named)
export const pipewireStreams = streams({
  ...named,
  latency: optional(integer({ min: 1 }), { doc: 'Latency to aim at, in microseconds.' }),
})
export const sdlStreams = streams({ bufferCount })
