import { list, type Of, record, text } from '../json/shape.ts'

const entries = (what: string) =>
  list(
    what,
    record('An entry.', { name: text("libvirt's name of the entry, e.g. manufacturer."), value: text('Its value.') }),
  )

/** The host's SMBIOS tables as libvirt hands them on with `<smbios mode='host'/>` (source: formatdomain, "SMBIOS System Information"). */
export const smbiosShape = record("The host's SMBIOS tables.", {
  bios: entries('The BIOS: vendor, version, date, release.'),
  system: entries('The system: manufacturer, product, version, serial, sku, family.'),
  baseBoard: entries('The first base board: manufacturer, product, version, serial, asset, location.'),
  chassis: entries('The chassis: manufacturer, version, serial, asset, sku.'),
})

export type SmbiosTables = Of<typeof smbiosShape>
