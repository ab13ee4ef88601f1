import type { Flag } from '../../capabilities/flags.ts'
import type { AddressType } from '../../fragments/address.ts'
import type { SerialModel, SerialTargetType } from './element.ts'

export interface SerialModelFacts {
  readonly target: SerialTargetType
  readonly needs?: Flag
  /** A part of the board: bound by `-serial`, no device of its own. */
  readonly onBoard?: true
  readonly needsX86?: true
}

/** QEMU's serial ports (source: formatdomain, "Serial port"; `qemu-system-* -device help`). */
export const models: { readonly [M in SerialModel]: SerialModelFacts } = {
  'isa-serial': { target: 'isa-serial', needs: 'isa-serial' },
  'usb-serial': { target: 'usb-serial', needs: 'usb-serial' },
  'pci-serial': { target: 'pci-serial', needs: 'pci-serial' },
  'spapr-vty': { target: 'spapr-vio-serial', needs: 'spapr-vty' },
  pl011: { target: 'system-serial', needs: 'pl011', onBoard: true },
  '16550a': { target: 'system-serial', onBoard: true },
  sclpconsole: { target: 'sclp-serial', needs: 's390-sclp' },
  sclplmconsole: { target: 'sclp-serial', needs: 'sclplmconsole' },
  'isa-debugcon': { target: 'isa-debug', needsX86: true },
}

/** The model of a target where the machine has none of its own. */
export const usualModel: { readonly [T in SerialTargetType]?: SerialModel } = {
  'isa-serial': 'isa-serial',
  'usb-serial': 'usb-serial',
  'pci-serial': 'pci-serial',
  'spapr-vio-serial': 'spapr-vty',
  'system-serial': 'pl011',
  'sclp-serial': 'sclpconsole',
  'isa-debug': 'isa-debugcon',
}

/** Targets that only a machine has whose own kind they are. */
export const machineBound: ReadonlySet<SerialTargetType> = new Set(['system-serial', 'spapr-vio-serial', 'sclp-serial'])

/** The one type of address that a target takes; one that is not here takes none. */
export const addressTypes: { readonly [T in SerialTargetType]?: AddressType } = {
  'isa-serial': 'isa',
  'isa-debug': 'isa',
  'usb-serial': 'usb',
  'pci-serial': 'pci',
  'spapr-vio-serial': 'spapr-vio',
}
