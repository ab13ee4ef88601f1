import type { HeaderFormat, ImageHeader, ReadBytes } from './header.ts'
import { qcow, qcow2 } from './qcow2.ts'
import { qed } from './qed.ts'
import { vmdk, vmdkDescriptor } from './vmdk.ts'

export type { HeaderBacking, ImageHeader, ReadBytes } from './header.ts'

/** Formats by their magic numbers (sources: QEMU's docs/interop, and each format's specification). */
const formats: readonly HeaderFormat[] = [
  qcow2,
  qcow,
  qed,
  vmdk,
  vmdkDescriptor,
  { format: 'vdi', magic: [64, '\x7f\x10\xda\xbe'] },
  { format: 'vpc', magic: [0, 'conectix'] },
  { format: 'vhdx', magic: [0, 'vhdxfile'] },
  { format: 'luks', magic: [0, 'LUKS\xba\xbe'] },
]

const headerLength = 512

/** The format of an image, and what it names below it. What no magic tells is raw, as for QEMU. */
export function readImageHeader(read: ReadBytes): ImageHeader {
  const head = new Uint8Array(headerLength)
  head.set(read(0, headerLength))
  const view = new DataView(head.buffer)
  const found = formats.find(
    ({ magic: [offset, bytes], fits }) => startsWith(head, offset, bytes) && (fits?.(view) ?? true),
  )
  return found === undefined ? { format: 'raw' } : { format: found.format, backing: found.backing?.(view, read) }
}

function startsWith(head: Uint8Array, offset: number, bytes: string): boolean {
  return [...bytes].every((char, index) => head[offset + index] === char.charCodeAt(0))
}
