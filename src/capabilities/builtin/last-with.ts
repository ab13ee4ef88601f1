import { own } from '../../own.ts'
import type { Arch } from '../capabilities.ts'
import { lastWith } from './gone-machines.gen.ts'

/** The last QEMU that had a machine type which the newest has not any more; a name is a user's, `constructor` too. */
export function lastQemuWith(arch: Arch, machine: string): string | undefined {
  const gone = lastWith[arch]
  return gone && own(gone, machine)
}
