import type { Context } from '../../context/context.ts'
import type { Pstore } from './element.ts'

const smallest = 4n

export function checkPstore({ size, address }: Pstore, context: Context): void {
  const kibibytes = size.value ?? 0n
  if (kibibytes < smallest || (kibibytes & (kibibytes - 1n)) !== 0n) {
    context.error({
      code: 'pstore/size',
      message: `Persistent storage of ${kibibytes} KiB cannot be: its size is a power of 2 from ${smallest} KiB.`,
      hint: "Write for example <size unit='KiB'>8</size>.",
      at: size,
    })
  }
  if (address && address.type !== 'pci') {
    context.error({
      code: 'pstore/address',
      message: `Persistent storage is a PCI device, its address cannot be of type ${address.type}.`,
      hint: 'Remove <address>.',
      at: address,
    })
  }
}

export function checkSingle(context: Context): void {
  for (const device of context.devices.pstore.slice(1)) {
    context.error({
      code: 'pstore/several',
      message: 'A guest has one <pstore>, here is another.',
      hint: 'Remove it.',
      at: device,
    })
  }
}
