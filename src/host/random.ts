/**
 * Random bytes as a fact of the host. The core has no state, so a question names what the bytes are for, and the same
 * question gets the same bytes.
 */
export interface RandomSource {
  /** @param purpose unique for each value wanted of one domain, e.g. `/domain/devices/interface[2]/mac` */
  bytes(count: number, purpose: string): Uint8Array
  /** 64 random bits, in [0, 2^64). */
  bits64(purpose: string): bigint
}

const mask = 0xffffffffffffffffn

/** One step of splitmix64 (public domain, Sebastiano Vigna). */
function mix(state: bigint): bigint {
  let z = (state + 0x9e3779b97f4a7c15n) & mask
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask
  return z ^ (z >> 31n)
}

/**
 * Bytes derived from a seed and the purpose: distinct in practice, not secret. A caller who wants fresh values on each
 * run passes a fresh seed.
 */
export function seededRandom(seed: string): RandomSource {
  const start = (purpose: string) => {
    let state = 0n
    for (const char of `${seed}\n${purpose}`) state = mix(state ^ BigInt(char.codePointAt(0) ?? 0))
    return state
  }
  return {
    bits64: (purpose) => mix(start(purpose)),
    bytes: (count, purpose) => {
      const result = new Uint8Array(count)
      let state = start(purpose)
      for (let index = 0; index < count; index += 1) {
        state = mix(state)
        result[index] = Number(state & 0xffn)
      }
      return result
    },
  }
}
