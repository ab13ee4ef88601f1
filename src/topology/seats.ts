import type { Address, AddressOf, AddressType } from '../fragments/address.ts'

/** Where an address leads: the node around the device, and how the place on it is written. */
export interface Seat {
  readonly within: string
  readonly seat: string | undefined
}

/** The node for what the board has by itself, or QEMU places on its own. */
export const board = 'board'

const hex = (value: number | undefined, width: number) => (value ?? 0).toString(16).padStart(width, '0')
const part = (value: number | undefined) => String(value ?? 0)

/** Buses that no controller of the definition stands for, by the node's name. */
export const machineBuses: { readonly [id: string]: string } = {
  board: 'board',
  isa: 'ISA bus',
  css: 'channel subsystem',
  vio: 'virtual I/O bus',
  mmio: 'virtio-mmio',
}

/** One row an address type. `driveBus` is the kind of disk controller that a drive address refers to. */
const rows: { readonly [T in AddressType]: (address: AddressOf<T>, driveBus: string) => Seat } = {
  pci: ({ bus, slot, function: fn }) => ({ within: `pci:${bus ?? 0}`, seat: `${hex(slot, 2)}.${fn ?? 0}` }),
  drive: ({ controller, bus, target, unit }, driveBus) => ({
    within: `${driveBus}:${controller}`,
    seat: `${bus}:${target}:${unit}`,
  }),
  'virtio-serial': ({ controller, port }) => ({
    within: `virtio-serial:${controller ?? 0}`,
    seat: port === undefined ? undefined : `port ${port}`,
  }),
  ccid: ({ controller, slot }) => ({ within: `ccid:${controller ?? 0}`, seat: `slot ${part(slot)}` }),
  usb: ({ bus, port }) => ({ within: `usb:${bus ?? 0}`, seat: port === undefined ? undefined : `port ${port}` }),
  'spapr-vio': ({ reg }) => ({ within: 'vio', seat: reg === undefined ? undefined : `0x${reg.toString(16)}` }),
  'virtio-s390': () => ({ within: board, seat: undefined }),
  ccw: ({ cssid, ssid, devno }) => ({ within: 'css', seat: `${hex(cssid, 2)}.${ssid ?? 0}.${hex(devno, 4)}` }),
  'virtio-mmio': () => ({ within: 'mmio', seat: undefined }),
  isa: ({ iobase }) => ({ within: 'isa', seat: iobase === undefined ? undefined : `0x${iobase.toString(16)}` }),
  dimm: ({ slot }) => ({ within: 'memory', seat: slot === undefined ? undefined : `slot ${slot}` }),
  unassigned: () => ({ within: board, seat: 'not plugged' }),
}

/** The seat of a device by its address; the board where it has none. */
export function seatOf(address: Address | undefined, driveBus = 'scsi'): Seat {
  if (address === undefined) return { within: board, seat: undefined }
  const row = rows[address.type] as (address: Address, driveBus: string) => Seat
  return row(address, driveBus)
}
