import type { CommandLineBuilder } from '../argv/command-line.ts'
import { Properties } from '../argv/properties.ts'
import type { FdSet } from '../context/fd-set.ts'
import { hostFact } from '../origin/origin.ts'

/** Prints `-add-fd` for each descriptor of a set; it must stand before what opens the set. */
export function emitFdSet(set: FdSet | undefined, out: CommandLineBuilder): void {
  for (const { fd, opaque } of set?.descriptors ?? []) {
    const from = hostFact(`descriptor ${opaque}`)
    out.keyValue(
      '-add-fd',
      new Properties().put('set', set!.number, from).put('fd', fd, from).put('opaque', opaque, from),
    )
  }
}
