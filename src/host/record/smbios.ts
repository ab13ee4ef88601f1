import type { HostFile } from '../file.ts'
import type { TreeReader } from './reader.ts'

/** Entries of the tables by libvirt's name, and the file in which the kernel shows each. */
const tables = {
  bios: { vendor: 'bios_vendor', version: 'bios_version', date: 'bios_date', release: 'bios_release' },
  system: {
    manufacturer: 'sys_vendor',
    product: 'product_name',
    version: 'product_version',
    serial: 'product_serial',
    sku: 'product_sku',
    family: 'product_family',
  },
  baseBoard: {
    manufacturer: 'board_vendor',
    product: 'board_name',
    version: 'board_version',
    serial: 'board_serial',
    asset: 'board_asset_tag',
  },
  chassis: {
    manufacturer: 'chassis_vendor',
    version: 'chassis_version',
    serial: 'chassis_serial',
    asset: 'chassis_asset_tag',
  },
} as const

/** The host's SMBIOS tables as the kernel shows them; serial numbers are for root only. */
export function recordSmbios(reader: TreeReader): HostFile {
  if (reader.list('sys/class/dmi/id') === undefined) return {}
  const entries = (files: Readonly<Record<string, string>>) =>
    Object.entries(files).flatMap(([name, file]) => {
      const value = reader.text(`sys/class/dmi/id/${file}`)
      return value === undefined || value === '' ? [] : [{ name, value }]
    })
  return {
    smbios: {
      bios: entries(tables.bios),
      system: entries(tables.system),
      baseBoard: entries(tables.baseBoard),
      chassis: entries(tables.chassis),
    },
  }
}
