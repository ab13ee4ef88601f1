import type { CommandLineBuilder } from '../argv/command-line.ts'
import { of, rule } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { Context } from '../context/context.ts'
import type { Addressable } from '../fragments/device-info.ts'

/**
 * Prints `-device`. A PCI device of s390x is preceded by the `zpci` device that carries its uid and fid
 * (QEMU: `-device zpci,uid=,fid=,target=`).
 */
export function emitDevice(
  device: Addressable,
  properties: Properties,
  context: Context,
  out: CommandLineBuilder,
): void {
  const { address } = device
  if (address?.type === 'pci' && address.zpci !== undefined) {
    const { zpci } = address
    out.device(
      new Properties()
        .put('driver', 'zpci', rule('address/zpci'))
        .field('uid', zpci, 'uid')
        .field('fid', zpci, 'fid')
        .put('target', context.alias(device), rule('address/zpci'))
        .put('id', `zpci${zpci.uid ?? 0}`, of(zpci, 'uid')),
    )
  }
  out.device(properties)
}
