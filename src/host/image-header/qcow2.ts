import { type HeaderFormat, nameAt, type ReadBytes } from './header.ts'

const magic = [0, 'QFI\xfb'] as const

/** Source: QEMU's docs/interop/qcow2.txt. Numbers are big-endian. */
export const qcow2: HeaderFormat = {
  format: 'qcow2',
  magic,
  fits: (view) => view.getUint32(4) >= 2,
  backing: (view, read) => {
    const name = nameAt(read, Number(view.getBigUint64(8)), view.getUint32(16))
    return name === undefined ? undefined : { name, format: backingFormat(view, read) }
  },
}

/** The first version has no place for a format. */
export const qcow: HeaderFormat = {
  format: 'qcow',
  magic,
  fits: (view) => view.getUint32(4) === 1,
  backing: (view, read) => {
    const name = nameAt(read, Number(view.getBigUint64(8)), view.getUint32(16))
    return name === undefined ? undefined : { name, format: undefined }
  },
}

const formatExtension = 0xe2792aca
/** More extensions than any QEMU writes: a header that goes on is broken. */
const mostExtensions = 64

function backingFormat(view: DataView, read: ReadBytes): string | undefined {
  const version = view.getUint32(4)
  let at = version === 2 ? 72 : view.getUint32(100)
  for (let count = 0; count < mostExtensions; count++) {
    const head = read(at, 8)
    if (head.length < 8) return undefined
    const extension = new DataView(head.buffer, head.byteOffset, 8)
    const [type, length] = [extension.getUint32(0), extension.getUint32(4)]
    if (type === 0) return undefined
    if (type === formatExtension) return nameAt(read, at + 8, length)
    at += 8 + Math.ceil(length / 8) * 8
  }
  return undefined
}
