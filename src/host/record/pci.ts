import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import type { PciHostDevice, PciInventory } from '../pci-inventory.ts'
import { numbered, numberIn, type TreeReader } from './reader.ts'

const devices = 'sys/bus/pci/devices'

/** Bytes of configuration space of a conventional device. */
const conventionalSpace = 256

/**
 * The PCI functions of a machine, from sysfs (kernel: Documentation/ABI/testing/sysfs-bus-pci). Needs no privileges.
 * A device that vanishes while it is read is left out: `host/device-vanished` (warning). Without the folder:
 * `host/no-pci` (warning).
 */
export function recordPci(reader: TreeReader): { pci: PciInventory; diagnostics: Diagnostic[] } {
  const names = reader.list(devices)
  if (names === undefined) return { pci: [], diagnostics: [noPci()] }
  const pci: PciHostDevice[] = []
  const diagnostics: Diagnostic[] = []
  for (const address of names) {
    const device = readDevice(reader, address)
    if (device === undefined) diagnostics.push(vanished(address))
    else pci.push(device)
  }
  return { pci, diagnostics }
}

function readDevice(reader: TreeReader, address: string): PciHostDevice | undefined {
  const folder = `${devices}/${address}`
  const vendor = hexIn(reader, `${folder}/vendor`)
  const names = reader.list(folder)
  if (vendor === undefined || names === undefined) return undefined
  const override = reader.text(`${folder}/driver_override`)
  const device: PciHostDevice = {
    address,
    vendor,
    device: hexIn(reader, `${folder}/device`),
    class: hexIn(reader, `${folder}/class`),
    driver: reader.linkName(`${folder}/driver`) ?? '',
    driverOverride: override === '(null)' || override === '' ? undefined : override,
    iommuGroup: linkNumber(reader, `${folder}/iommu_group`),
    numaNode: numberIn(reader, `${folder}/numa_node`),
    physicalFunction: reader.linkName(`${folder}/physfn`),
    virtualFunctions: virtualFunctionsIn(reader, folder),
    sriov: sriovIn(reader, folder),
    // The kernel shows the link attributes of PCI Express devices only; configuration space beyond 64 bytes needs root, but
    // its size does not: libvirt 11.3 takes a host bridge with an extended space, and no link, for a PCI Express device.
    pcie: names.includes('max_link_speed') || (reader.size(`${folder}/config`) ?? 0) > conventionalSpace,
  }
  // A file that is missing because the device has just gone looks like one that it never had: look again.
  return reader.text(`${folder}/vendor`) === undefined ? undefined : device
}

function hexIn(reader: TreeReader, path: string): string | undefined {
  return /^0x([0-9a-f]+)$/i.exec(reader.text(path) ?? '')?.[1]?.toLowerCase()
}

function linkNumber(reader: TreeReader, path: string): number | undefined {
  const name = reader.linkName(path)
  return name !== undefined && /^\d+$/.test(name) ? Number(name) : undefined
}

function virtualFunctionsIn(reader: TreeReader, folder: string): string[] | undefined {
  const links = numbered(reader, folder, 'virtfn')
  if (links.length === 0) return undefined
  return links.map(([, name]) => reader.linkName(`${folder}/${name}`)).filter((address) => address !== undefined)
}

function sriovIn(reader: TreeReader, folder: string): PciHostDevice['sriov'] {
  const totalVfs = numberIn(reader, `${folder}/sriov_totalvfs`)
  if (totalVfs === undefined) return undefined
  const offset = numberIn(reader, `${folder}/sriov_offset`)
  const stride = numberIn(reader, `${folder}/sriov_stride`)
  return { totalVfs, offset, stride }
}

function vanished(address: string): Diagnostic {
  return {
    code: 'host/device-vanished',
    severity: 'warning',
    message: `PCI device ${address} went away while it was read, and is left out.`,
    hint: 'Record again when devices are no longer created or removed.',
  }
}

function noPci(): Diagnostic {
  return {
    code: 'host/no-pci',
    severity: 'warning',
    message: `There is no folder ${devices} below the root of the tree.`,
    hint: 'Record on a Linux machine, or give the folder that holds its sys and proc.',
  }
}
