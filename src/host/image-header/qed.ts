import { type HeaderFormat, nameAt } from './header.ts'

const hasBacking = 0x1n
const backingIsRaw = 0x4n

/** Source: QEMU's docs/interop/qed_spec.txt. Numbers are little-endian. */
export const qed: HeaderFormat = {
  format: 'qed',
  magic: [0, 'QED\0'],
  backing: (view, read) => {
    const features = view.getBigUint64(16, true)
    if ((features & hasBacking) === 0n) return undefined
    const name = nameAt(read, view.getUint32(56, true), view.getUint32(60, true))
    return name === undefined ? undefined : { name, format: (features & backingIsRaw) === 0n ? undefined : 'raw' }
  },
}
