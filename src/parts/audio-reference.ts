import { type From, of, rule } from '../argv/piece.ts'
import type { Context } from '../context/context.ts'
import type { AudioReference } from '../fragments/audio-reference.ts'

/** The name of the backend for QEMU: the one referred to, else the first; undefined where there is none. */
export function audiodev(
  reference: AudioReference | undefined,
  context: Context,
): { readonly id: string; readonly from: From } | undefined {
  if (reference !== undefined) return { id: `audio${reference.id}`, from: of(reference, 'id') }
  const first = context.devices.audio[0]
  return first && { id: `audio${first.id}`, from: rule('audio/first') }
}

/** Reports a reference to a backend that does not exist. */
export function checkAudioReference(reference: AudioReference | undefined, context: Context): void {
  if (reference === undefined || context.devices.audio.some(({ id }) => id === reference.id)) return
  context.error({
    code: 'audio/unknown-id',
    message: `There is no audio backend with the id ${reference.id}.`,
    hint: `Add <audio id='${reference.id}' …/>, or refer to one that exists.`,
    at: reference,
    field: 'id',
  })
}
