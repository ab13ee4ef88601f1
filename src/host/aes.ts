/**
 * AES-256 in CBC mode (FIPS 197, NIST SP 800-38A), encryption only. It exists because the core is synchronous and runs
 * in a browser, where WebCrypto is asynchronous. It is not hardened against timing: the values that it seals are
 * printed next to the key's owner anyway.
 */

/** Doubles in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1. */
const double = (value: number) => ((value << 1) ^ (value & 0x80 ? 0x11b : 0)) & 0xff

const rotateByte = (value: number, by: number) => ((value << by) | (value >> (8 - by))) & 0xff

/** The S-box: the inverse in GF(2^8) followed by an affine map, found by walking the powers of 3 and of 1/3. */
const sbox = (() => {
  const box = new Uint8Array(256)
  let power = 1
  let inverse = 1
  do {
    power ^= double(power)
    inverse ^= inverse << 1
    inverse ^= inverse << 2
    inverse = (inverse ^ (inverse << 4)) & 0xff
    if (inverse & 0x80) inverse ^= 0x09
    box[power] =
      inverse ^ rotateByte(inverse, 1) ^ rotateByte(inverse, 2) ^ rotateByte(inverse, 3) ^ rotateByte(inverse, 4) ^ 0x63
  } while (power !== 1)
  box[0] = 0x63
  return box
})()

const substitute = (value: number | undefined) => sbox[value ?? 0] ?? 0

const rounds = 14
const block = 16

/** The round keys of a 256-bit key, byte by byte. */
function expandKey(key: Uint8Array): Uint8Array {
  const expanded = new Uint8Array(block * (rounds + 1))
  expanded.set(key)
  let constant = 1
  for (let at = 32; at < expanded.length; at += 4) {
    let word = Array.from(expanded.subarray(at - 4, at))
    if (at % 32 === 0) {
      word = [...word.slice(1), ...word.slice(0, 1)].map(substitute)
      word[0] = (word[0] ?? 0) ^ constant
      constant = double(constant)
    } else if (at % 32 === 16) word = word.map(substitute)
    for (let i = 0; i < 4; i += 1) expanded[at + i] = (expanded[at + i - 32] ?? 0) ^ (word[i] ?? 0)
  }
  return expanded
}

/** Each byte of the S-box twice and three times in GF(2^8): what MixColumns makes of it. */
const twice = sbox.map(double)
const thrice = sbox.map((value) => double(value) ^ value)

/** Where ShiftRows takes each byte from: the state is column by column, and row r moves left by r. */
const shifted = Array.from({ length: block }, (_, i) => (i + 4 * (i % 4)) % block)

/** SubBytes, ShiftRows, MixColumns and AddRoundKey in one. */
function round(state: Uint8Array, next: Uint8Array, keys: Uint8Array, key: number): void {
  for (let column = 0; column < block; column += 4) {
    for (let row = 0; row < 4; row++) {
      const from = (offset: number) => state[shifted[column + ((row + offset) & 3)]!]!
      next[column + row] =
        twice[from(0)]! ^ thrice[from(1)]! ^ sbox[from(2)]! ^ sbox[from(3)]! ^ keys[key + column + row]!
    }
  }
}

function encryptBlock(input: Uint8Array, keys: Uint8Array): Uint8Array {
  let state = input.map((byte, i) => byte ^ keys[i]!)
  let next = new Uint8Array(block)
  for (let number = 1; number < rounds; number++) {
    round(state, next, keys, number * block)
    const done = state
    state = next
    next = done
  }
  return next.map((_, i) => sbox[state[shifted[i]!]!]! ^ keys[rounds * block + i]!)
}

/**
 * The ciphertext, PKCS#7-padded to whole blocks.
 * @param key 32 bytes
 * @param iv 16 bytes
 */
export function encryptCbc(plain: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  if (key.length !== 32) throw new RangeError(`an AES-256 key has 32 bytes, not ${key.length}`)
  if (iv.length !== block) throw new RangeError(`an initialisation vector has 16 bytes, not ${iv.length}`)
  const keys = expandKey(key)
  const padding = block - (plain.length % block)
  const result = new Uint8Array(plain.length + padding).fill(padding)
  result.set(plain)
  let previous = iv
  for (let at = 0; at < result.length; at += block) {
    const chained = result.slice(at, at + block).map((byte, i) => byte ^ (previous[i] ?? 0))
    previous = encryptBlock(chained, keys)
    result.set(previous, at)
  }
  return result
}
