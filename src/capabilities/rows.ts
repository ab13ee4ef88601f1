import { type Flag, flags } from './flags.ts'
import { character } from './rows/character.ts'
import { cpu } from './rows/cpu.ts'
import { display } from './rows/display.ts'
import { machine } from './rows/machine.ts'
import { memory } from './rows/memory.ts'
import { monitor } from './rows/monitor.ts'
import { network } from './rows/network.ts'
import { pci } from './rows/pci.ts'
import type { Row } from './rows/row.ts'
import { security } from './rows/security.ts'
import { storage } from './rows/storage.ts'
import { usb } from './rows/usb.ts'
import { virtio } from './rows/virtio.ts'

export type { Row } from './rows/row.ts'

/** The rows by subject: the order of the documentation. */
export const groups = {
  'Accelerators and machines': machine,
  CPU: cpu,
  Memory: memory,
  PCI: pci,
  Storage: storage,
  Network: network,
  Display: display,
  'Character devices, input and sound': character,
  'USB and smart cards': usb,
  'Virtio and s390x channel devices': virtio,
  Security: security,
  'Monitor, backup, migration': monitor,
} as const

/** One row a flag: a flag without a row, or a row without a flag, does not compile. */
export const rows: { readonly [flag in Flag]: Row } = {
  ...machine,
  ...cpu,
  ...memory,
  ...pci,
  ...storage,
  ...network,
  ...display,
  ...character,
  ...usb,
  ...virtio,
  ...security,
  ...monitor,
}

export const rowList: readonly (Row & { readonly flag: Flag })[] = flags.map((flag) => ({ flag, ...rows[flag] }))
