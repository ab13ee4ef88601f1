import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { child, many, required } from '../../codec/field.ts'
import { oneOf, onOff, type Scalar, yesNo } from '../../codec/scalar.ts'

/** In the order in which they are printed. */
export const channelNames = [
  'main',
  'display',
  'inputs',
  'cursor',
  'playback',
  'record',
  'smartcard',
  'usbredir',
] as const

const channel = element('channel', 'Whether one channel goes over TLS.', {
  attributes: {
    name: required(oneOf(...channelNames), { doc: 'The channel.' }),
    mode: required(oneOf('any', 'secure', 'insecure'), { doc: 'TLS, no TLS, or as defaultMode says.' }),
  },
})

/**
 * One entry a channel, the last that is written, in SPICE's order; `any` says nothing.
 * Source: oracle (11.3, 12.8), channels out of order, twice, and of mode any.
 */
export function settleChannels({ fields }: Settling): void {
  const written = fields.channel as Infer<typeof channel>[] | undefined
  if (written === undefined) return
  const last = new Map(written.map((it) => [it.name, it]))
  const kept = channelNames.flatMap((name) => last.get(name) ?? []).filter(({ mode }) => mode !== 'any')
  written.splice(0, written.length, ...kept)
}

const compression = <T>(name: string, doc: string, values: Scalar<T>) =>
  element(name, doc, { attributes: { compression: required(values, { doc: 'How, or whether at all.' }) } })
const wan = oneOf('auto', 'never', 'always')

/** What SPICE can be told beside where it listens, in output order. */
export const spiceChildren = {
  channel: many(channel),
  image: child(
    compression('image', 'Compression of images.', oneOf('auto_glz', 'auto_lz', 'quic', 'glz', 'lz', 'off')),
  ),
  jpeg: child(compression('jpeg', 'JPEG over slow links.', wan)),
  zlib: child(compression('zlib', 'zlib over slow links.', wan)),
  playback: child(compression('playback', 'Compression of sound.', onOff)),
  streaming: child(
    element('streaming', 'Which parts of the screen are streamed as video.', {
      attributes: {
        mode: required(oneOf('filter', 'all', 'off'), { doc: 'Which streams are found and sent as video.' }),
      },
    }),
  ),
  mouse: child(
    element('mouse', 'Who moves the pointer.', {
      attributes: {
        mode: required(oneOf('server', 'client'), {
          doc: 'client: absolute, by the agent; server: relative, by QEMU.',
        }),
      },
    }),
  ),
  clipboard: child(
    element('clipboard', 'The clipboard, by the SPICE agent.', {
      attributes: { copypaste: required(yesNo, { doc: 'Whether guest and client share it.' }) },
    }),
  ),
  filetransfer: child(
    element('filetransfer', 'Files dropped on the guest, by the SPICE agent.', {
      attributes: { enable: required(yesNo, { doc: 'Whether it is allowed.' }) },
    }),
  ),
} as const
