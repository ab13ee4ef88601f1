import { escapeCommas, keyValuePieces } from '../argv/key-value.ts'
import type { From, Piece } from '../argv/piece.ts'
import { Properties, type PropertyScalar, type PropertyValue } from '../argv/properties.ts'

/** The keys of `-machine` in libvirt's output order. Slices contribute values, the order is here. */
export const machineKeys = [
  'type',
  'usb',
  'aes-key-wrap',
  'dea-key-wrap',
  'vmport',
  'smm',
  'kernel_irqchip',
  'i8042',
  'gic-version',
  'resize-hpt',
  'cap-hpt-max-page-size',
  'cap-htm',
  'cap-nested-hv',
  'cap-ccf-assist',
  'cap-cfpc',
  'cap-sbbc',
  'cap-ibs',
  'ras',
  'aia',
  'virtualization',
  'iommu',
  'dump-guest-core',
  'mem-merge',
  'nvdimm',
  'memory-backend',
  'max-cpu-compat',
  'loadparm',
  'confidential-guest-support',
  'memory-encryption',
  'pflash0',
  'pflash1',
  'hmat',
  'sgx-epc',
  'graphics',
  'hpet',
  'pcspk-audiodev',
  'acpi',
] as const

export type MachineKey = (typeof machineKeys)[number]

interface Entry {
  readonly value: PropertyValue
  readonly from: From
}

/** One option that several rooms fill; it prints its keys in one order. */
export class SharedOption<K extends string> {
  readonly #keys: readonly K[]
  readonly #values = new Map<K, readonly Entry[]>()

  constructor(keys: readonly K[]) {
    this.#keys = keys
  }

  put(key: K, value: PropertyValue | undefined, from: From): void {
    if (value !== undefined) this.#values.set(key, [{ value, from }])
  }

  /** Another value of the key: it is printed with the ones before. */
  add(key: K, value: PropertyValue | undefined, from: From): void {
    if (value !== undefined) this.#values.set(key, [...(this.#values.get(key) ?? []), { value, from }])
  }

  properties(): Properties {
    const properties = new Properties()
    for (const key of this.#keys) {
      for (const { value, from } of this.#values.get(key) ?? []) properties.put(key, value, from)
    }
    return properties
  }

  pieces(bare?: K): Piece[] {
    return keyValuePieces(this.properties(), bare ? { bare } : {})
  }
}

/** The rooms of `-cpu` in libvirt's output order: the model first, then what the sections and devices add to it. */
export const cpuRooms = [
  'model',
  'timers',
  'paravirt',
  'hyperv',
  'panic',
  'kvm',
  'pmu',
  'cache',
  'bits',
  'physical',
] as const

export type CpuRoom = (typeof cpuRooms)[number]

/** An option whose keys are not known beforehand: rooms stand in one order, a room keeps the order of its own. */
export class RoomedOption<R extends string> {
  readonly #rooms: readonly R[]
  readonly #words = new Map<R, Piece[]>()

  constructor(rooms: readonly R[]) {
    this.#rooms = rooms
  }

  /** `name=value`; booleans print as on and off, `undefined` is left out. */
  put(room: R, name: string, value: PropertyScalar | undefined, from: From): void {
    if (value === undefined) return
    const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : escapeCommas(String(value))
    this.word(room, `${name}=${text}`, from)
  }

  /** A word without a value: the model of `-cpu`, `hv-crash`. */
  word(room: R, text: string, from: From): void {
    const words = this.#words.get(room)
    if (words) words.push({ text, from })
    else this.#words.set(room, [{ text, from }])
  }

  has(room: R): boolean {
    return this.#words.has(room)
  }

  get isEmpty(): boolean {
    return this.#words.size === 0
  }

  pieces(): Piece[] {
    const pieces: Piece[] = []
    for (const room of this.#rooms) {
      for (const { text, from } of this.#words.get(room) ?? [])
        pieces.push({ text: pieces.length === 0 ? text : `,${text}`, from })
    }
    return pieces
  }
}

/** The options that several units fill. */
export interface SharedOptions {
  readonly machine: SharedOption<MachineKey>
  /** `-cpu`: `cpu.put('hyperv', 'hv-relaxed', true, …)`. */
  readonly cpu: RoomedOption<CpuRoom>
}

export function sharedOptions(): SharedOptions {
  return { machine: new SharedOption(machineKeys), cpu: new RoomedOption(cpuRooms) }
}
