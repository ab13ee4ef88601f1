import type { CircumstanceOptions } from '../circumstances.ts'
import { UsageError } from '../status.ts'

/** The other side of a comparison: `libvirt=10.1`, `qemu=8.2.0` or both, with a comma between. */
export function otherSide<F extends CircumstanceOptions>(wanted: string, flags: F): F {
  let side = flags
  for (const part of wanted.split(',')) {
    const [, key, value] = /^(libvirt|qemu)=(.+)$/.exec(part) ?? []
    if (key === undefined) throw new UsageError(`--diff: write libvirt=10.1 or qemu=8.2.0, not ${part}`)
    side = key === 'libvirt' ? { ...side, libvirt: value } : { ...side, qemu: value, capabilities: undefined }
  }
  return side
}
