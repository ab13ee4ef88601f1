/** Numbers of a range, each held by one request: the core of every engine whose addresses are plain numbers. */
import type { AddressRequest } from './problem.ts'

export class NumberPool {
  readonly min: number
  readonly max: number
  readonly #step: number
  readonly #holders = new Map<number, AddressRequest>()
  /** The lowest number that may be free, by where the search starts. */
  readonly #next = new Map<number, number>()

  /** @param step distance of the numbers that `take` hands out. */
  constructor(min: number, max: number, step = 1) {
    this.min = min
    this.max = max
    this.#step = step
  }

  covers(value: number): boolean {
    return value >= this.min && value <= this.max
  }

  holder(value: number): AddressRequest | undefined {
    return this.#holders.get(value)
  }

  /** @returns who holds it already; then nothing changes. */
  reserve(value: number, request: AddressRequest): AddressRequest | undefined {
    const holder = this.#holders.get(value)
    if (holder === undefined) this.#holders.set(value, request)
    return holder
  }

  /** The lowest free number at or above `from` in whole steps; undefined where none is left. */
  take(request: AddressRequest, from = this.min): number | undefined {
    let value = this.#next.get(from) ?? from
    while (this.#holders.has(value)) value += this.#step
    this.#next.set(from, value)
    if (value > this.max) return undefined
    this.#holders.set(value, request)
    return value
  }

  release(value: number): void {
    this.#holders.delete(value)
    for (const [from, next] of this.#next) if (value >= from && value < next) this.#next.set(from, from)
  }
}
