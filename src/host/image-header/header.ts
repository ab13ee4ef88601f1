import type { ImageFormat } from '../images.ts'

/** Reads a part of an image; shorter where the image ends. */
export type ReadBytes = (offset: number, length: number) => Uint8Array

/** What a header says of the image below. */
export interface HeaderBacking {
  /** As it stands in the header: a path, maybe relative, or a name of a protocol. */
  readonly name: string
  readonly format: string | undefined
}

export interface ImageHeader {
  readonly format: ImageFormat
  readonly backing?: HeaderBacking | undefined
}

/** One format: how it is told, and where it names the image below. */
export interface HeaderFormat {
  readonly format: ImageFormat
  /** Where the magic stands, and its bytes. */
  readonly magic: readonly [offset: number, bytes: string]
  /** Tells apart formats of one magic. */
  fits?(view: DataView): boolean
  backing?(view: DataView, read: ReadBytes): HeaderBacking | undefined
}

/** Longest name of a backing file that QEMU takes. */
const longestName = 1023

/** A name in the image; undefined for one that no QEMU would have written. */
export function nameAt(read: ReadBytes, offset: number, length: number): string | undefined {
  if (offset === 0 || length === 0 || length > longestName || !Number.isSafeInteger(offset)) return undefined
  const bytes = read(offset, length)
  if (bytes.length < length) return undefined
  return new TextDecoder().decode(bytes).replace(/\0.*$/s, '')
}
