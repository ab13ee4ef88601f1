import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encryptCbc } from './aes.ts'
import { base64, fromBase64 } from './base64.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

test("agrees with node's AES-256-CBC for any key, vector and length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), bytes(32), bytes(16), (plain, key, iv) => {
      const cipher = createCipheriv('aes-256-cbc', key, iv)
      const expected = Buffer.concat([cipher.update(plain), cipher.final()])
      expect(Buffer.from(encryptCbc(plain, key, iv)).toString('hex')).toBe(expected.toString('hex'))
    }),
  )
})

test('a whole block of input gets a whole block of padding', () => {
  expect(encryptCbc(new Uint8Array(16), new Uint8Array(32), new Uint8Array(16))).toHaveLength(32)
})

test('refuses keys and vectors of another length', () => {
  expect(() => encryptCbc(new Uint8Array(1), new Uint8Array(16), new Uint8Array(16))).toThrow(/32 bytes, not 16/)
  expect(() => encryptCbc(new Uint8Array(1), new Uint8Array(32), new Uint8Array(8))).toThrow(/16 bytes, not 8/)
})

test("base64 agrees with node's in both directions, padding optional", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (input) => {
      const encoded = Buffer.from(input).toString('base64')
      expect(base64(input)).toBe(encoded)
      expect(fromBase64(encoded)).toEqual(input)
      expect(fromBase64(encoded.replaceAll('=', ''))).toEqual(input)
    }),
  )
  expect(fromBase64('a-b')).toBeUndefined()
  expect(fromBase64('abcde')).toBeUndefined()
})
