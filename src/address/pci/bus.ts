/** One PCI bus while addresses are handed out: who sits where, and the first place that is free. */
import { BUS_RULES, type BusRule } from './bus-rules.ts'
import type { PciControllerModel } from './types.ts'

const FUNCTIONS = 8
const FULL = 0xff

interface Slot {
  readonly holders: (string | undefined)[]
  mask: number
  /** Functions may be handed out one by one: everything in it shares slots. */
  aggregate: boolean
}

/** Who asks for a place on a bus. */
export interface Occupant {
  readonly id: string
  readonly aggregates: boolean
  readonly multifunction?: boolean | undefined
}

export class Bus {
  readonly index: number
  readonly model: PciControllerModel
  readonly rule: BusRule
  readonly hotplug: boolean
  /** The group of host devices this host bridge belongs to; undefined while nobody sits here. */
  isolationGroup: number | undefined
  readonly #slots: (Slot | undefined)[] = []
  /** No slot below is empty; no slot below can take one more function of an aggregate. Places are never given back. */
  #firstEmpty: number
  #firstOpen: number

  constructor(index: number, model: PciControllerModel, hotplug: boolean) {
    this.index = index
    this.model = model
    this.rule = BUS_RULES[model]
    this.hotplug = this.rule.hotplug && hotplug
    this.#firstEmpty = this.rule.firstSlot
    this.#firstOpen = this.rule.firstSlot
  }

  has(slot: number, fn: number): boolean {
    return slot >= this.rule.firstSlot && slot <= this.rule.lastSlot && fn >= 0 && fn < FUNCTIONS
  }

  holder(slot: number, fn: number): string | undefined {
    return this.#slots[slot]?.holders[fn]
  }

  isEmptySlot(slot: number): boolean {
    return (this.#slots[slot]?.mask ?? 0) === 0
  }

  /** Whether anything but function 0 is taken. */
  hasFurtherFunctions(slot: number): boolean {
    return ((this.#slots[slot]?.mask ?? 0) & ~1) !== 0
  }

  take(slot: number, fn: number, occupant: Occupant): void {
    let entry = this.#slots[slot]
    if (entry === undefined) {
      entry = { holders: new Array<string | undefined>(FUNCTIONS), mask: 0, aggregate: true }
      this.#slots[slot] = entry
    }
    entry.holders[fn] = occupant.id
    entry.mask |= 1 << fn
    if (!occupant.aggregates || occupant.multifunction === false) entry.aggregate = false
  }

  /** The lowest free place: an empty slot, or the next function of a slot that is being shared. */
  firstFree(aggregates: boolean): { slot: number; function: number } | undefined {
    const { lastSlot } = this.rule
    if (!aggregates) {
      while (this.#firstEmpty <= lastSlot && !this.isEmptySlot(this.#firstEmpty)) this.#firstEmpty++
      return this.#firstEmpty <= lastSlot ? { slot: this.#firstEmpty, function: 0 } : undefined
    }
    for (; this.#firstOpen <= lastSlot; this.#firstOpen++) {
      const entry = this.#slots[this.#firstOpen]
      if (entry === undefined) return { slot: this.#firstOpen, function: 0 }
      if (!entry.aggregate || entry.mask === FULL) continue
      let fn = 0
      while ((entry.mask >> fn) & 1) fn++
      return { slot: this.#firstOpen, function: fn }
    }
    return undefined
  }
}
