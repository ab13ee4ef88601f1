import { keyValuePieces } from '../argv/key-value.ts'
import type { From, Piece } from '../argv/piece.ts'
import { Properties, type PropertyValue } from '../argv/properties.ts'

/** The keys of `-machine` in libvirt's output order. Slices contribute values, the order is here. */
export const machineKeys = [
  'type',
  'usb',
  'vmport',
  'smm',
  'kernel_irqchip',
  'nvdimm',
  'gic-version',
  'its',
  'virtualization',
  'highmem',
  'max-ram-below-4g',
  'ras',
  'mte',
  'dump-guest-core',
  'mem-merge',
  'hpet',
  'pflash0',
  'pflash1',
  'memory-backend',
  'hmat',
  'acpi',
] as const

export type MachineKey = (typeof machineKeys)[number]

/** One option that several rooms fill; it prints its keys in one order, each once. */
export class SharedOption<K extends string> {
  readonly #keys: readonly K[]
  readonly #values = new Map<K, { value: PropertyValue; from: From }>()

  constructor(keys: readonly K[]) {
    this.#keys = keys
  }

  put(key: K, value: PropertyValue | undefined, from: From): void {
    if (value !== undefined) this.#values.set(key, { value, from })
  }

  properties(): Properties {
    const properties = new Properties()
    for (const key of this.#keys) {
      const found = this.#values.get(key)
      if (found) properties.put(key, found.value, found.from)
    }
    return properties
  }

  pieces(bare?: K): Piece[] {
    return keyValuePieces(this.properties(), { booleans: 'on-off', ...(bare && { bare }) })
  }
}

/** A list that several rooms append to, in the order of the rooms (`-cpu` features and the like). */
export interface SharedOptions {
  readonly machine: SharedOption<MachineKey>
}

export function sharedOptions(): SharedOptions {
  return { machine: new SharedOption(machineKeys) }
}
