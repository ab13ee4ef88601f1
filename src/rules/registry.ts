import type { DevicesRule, DomainRule } from '../context/unit.ts'
import { acpiIndex } from './acpi-index.ts'
import { acpiNodeset } from './acpi-nodeset.ts'
import { addressType } from './address-type.ts'
import { bootOrder } from './boot-order.ts'
import { duplicateDisk } from './duplicate-disk.ts'
import { knownIothread } from './known-iothread.ts'
import { oneTokenPerPf } from './one-token-per-pf.ts'
import { romOnPci } from './rom.ts'
import { sharedMemory } from './shared-memory.ts'
import { uniqueAlias } from './unique-alias.ts'

/** Checks that span devices of several kinds. */
export const rules: readonly DomainRule[] = [
  {
    name: 'vf-token/one-per-pf',
    doc: 'The VFs of one PF, and the PF itself, share one token.',
    apply: oneTokenPerPf,
  },
  {
    name: 'disk/duplicate',
    doc: 'No two disks have one target name or one place on a controller.',
    apply: duplicateDisk,
  },
  { name: 'boot/order', doc: 'No two devices have the same place in the boot order.', apply: bootOrder },
  { name: 'iothread/known', doc: 'A device names an I/O thread that the guest has.', apply: knownIothread },
  { name: 'address/acpi-index', doc: 'ACPI indexes are those of PCI devices, each of one.', apply: acpiIndex },
  { name: 'device/alias', doc: "A user's alias names one device.", apply: uniqueAlias },
  { name: 'device/rom', doc: 'An option ROM is one of a PCI device.', apply: romOnPci },
  {
    name: 'memory/shared',
    doc: 'Devices that another process serves need memory that is shared.',
    apply: sharedMemory,
  },
]

/** Checks of every device of any kind. */
export const deviceRules: readonly DevicesRule[] = [
  { name: 'address/acpi-nodeset', doc: 'A QEMU with ACPI tells of the NUMA nodes of a device.', apply: acpiNodeset },
  { name: 'address/type', doc: 'A device sits where its machine and its kind have places.', apply: addressType },
]
