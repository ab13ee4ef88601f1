import { redacted } from '../diagnostic/mask.ts'
import type { Origin } from '../origin/origin.ts'

/** Where a piece of the command line came from: fields of the definition, a named rule, or an origin known at once. */
export type From =
  | { readonly kind: 'field'; readonly owner: object; readonly fields: readonly string[] }
  | { readonly kind: 'rule'; readonly rule: string }
  | Origin

/** A run of text of one argument that has one source. The pieces of an argument join to it. */
export interface Piece {
  readonly text: string
  readonly from: From
  /** The same text without its secret, where it holds one. */
  readonly redacted?: string
}

/** The value was read from these fields of `owner`. */
export function of<T extends object>(owner: T, ...fields: (keyof T & string)[]): From {
  return { kind: 'field', owner, fields }
}

/** A device that the user may have named. */
export interface Aliased {
  readonly alias?: { readonly name?: string | undefined } | undefined
}

/** What a device's name, or a name made of it, was read from: the user's alias, or the numbering of its kind. */
export function named({ alias }: Aliased): From {
  return alias?.name === undefined ? rule('alias/numbered') : of(alias, 'name')
}

/** A literal, said by a named rule such as `machine/usb-off`. */
export function rule(name: string): From {
  return { kind: 'rule', rule: name }
}

export function joinPieces(pieces: readonly Piece[], redact = false): string {
  let text = ''
  for (const piece of pieces) text += redact && piece.redacted !== undefined ? piece.redacted : piece.text
  return redact ? redacted(text) : text
}
