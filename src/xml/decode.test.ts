import { describe, expect, test } from 'vitest'
import { decodeBytes } from './decode.ts'
import { readXml } from './read.ts'
import { textOf } from './tree.ts'

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian)
  return bytes
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const TEXT = '<a>é\u{1f600}</a>'

describe('decodeBytes', () => {
  test.each<[string, Uint8Array, string]>([
    ['UTF-8', utf8(TEXT), TEXT],
    ['UTF-8 with a mark', utf8(`\uFEFF${TEXT}`), TEXT],
    ['UTF-16LE with a mark', utf16(`\uFEFF${TEXT}`, true), TEXT],
    ['UTF-16BE with a mark', utf16(`\uFEFF${TEXT}`, false), TEXT],
    ['UTF-16LE without', utf16(TEXT, true), TEXT],
    ['UTF-16BE without', utf16(TEXT, false), TEXT],
    ['nothing', new Uint8Array(), ''],
  ])('%s', (_, bytes, text) => {
    expect(decodeBytes(bytes)).toEqual({ text })
  })

  test('the declared encoding decides where no mark does', () => {
    const declared = "<?xml version='1.0' encoding='ISO-8859-15'?><a>"
    const bytes = Uint8Array.from([...utf8(declared), 0xa4, 0xe9, ...utf8('</a>')])
    expect(textOf(readXml(bytes).root!)).toBe('€é')
    expect(decodeBytes(utf8(`\uFEFF${declared}é</a>`)).text).toBe(`${declared}é</a>`)
  })

  test.each([
    [[0x61, 0x62, 0xff, 0x63], 2],
    [[0x61, 0xc3, 0xa9, 0xe2, 0x82], 2],
    [[0xf0, 0x9f, 0x98, 0x80, 0x80], 2],
    [[0xef, 0xbb, 0xbf, 0x61, 0xc0], 1],
    [[0xef, 0xbf, 0xbd, 0xff], 1],
    [[0xff], 0],
  ])('points at the first byte of %j that is wrong', (bytes, at) => {
    expect(decodeBytes(Uint8Array.from(bytes)).diagnostic).toMatchObject({
      code: 'xml/invalid-bytes',
      span: { start: at, end: at + 1 },
    })
  })

  test('a string may begin with a mark, too', () => {
    const { text, root } = readXml(`\uFEFF<a/>`)
    expect(text).toBe('<a/>')
    expect(root?.span).toEqual({ start: 0, end: 4 })
  })
})
