import type { Context } from '../context/context.ts'
import type { Addressable, Rom } from '../fragments/device-info.ts'

type WithRom = Addressable & { readonly rom?: Rom | undefined }

/** Cards and host devices have an option ROM where they sit on PCI; one that is off has no properties. */
export function romOnPci(context: Context): void {
  const devices: readonly WithRom[] = [...context.devices.interface, ...context.devices.hostdev]
  for (const { rom, address } of devices) {
    if (rom === undefined) continue
    if (address?.type !== 'pci' && address?.type !== 'unassigned') {
      context.error({
        code: 'device/rom-without-pci',
        message: 'Only PCI devices have an option ROM.',
        hint: 'Remove <rom>.',
        at: rom,
      })
    } else if (rom.enabled === false && (rom.bar !== undefined || rom.file !== undefined)) {
      context.error({
        code: 'device/rom-disabled',
        message: 'A ROM that is switched off has neither a place nor a file.',
        hint: "Remove bar and file, or enabled='no'.",
        at: rom,
        field: 'enabled',
      })
    }
  }
}
