import { describe, expect, test } from 'vitest'
import { XmlWriter } from './write.ts'

function written(write: (writer: XmlWriter) => void): string {
  const writer = new XmlWriter()
  write(writer)
  return writer.toString()
}

describe('XmlWriter', () => {
  test('lays out elements, attributes, text and empty elements', () => {
    const text = written((writer) => {
      writer.open('a')
      writer.attribute('xmlns:q', 'http://q')
      writer.attribute('b', '1')
      writer.open('c')
      writer.attribute('d', '2')
      writer.close()
      writer.open('e')
      writer.attribute('f', '3')
      writer.text('four')
      writer.close()
      writer.open('g')
      writer.open('h')
      writer.close()
      writer.close()
      writer.close()
    })
    expect(text).toBe(`<a xmlns:q='http://q' b='1'>
  <c d='2'/>
  <e f='3'>four</e>
  <g>
    <h/>
  </g>
</a>
`)
  })

  test('escapes the same in attributes and text, and drops control characters', () => {
    const value = `<>&'" \u0001\u001f\t\n\r\u00e9\u{1f600}`
    const escaped = '&lt;&gt;&amp;&apos;&quot; \t\n\r\u00e9\u{1f600}'
    const text = written((writer) => {
      writer.open('a')
      writer.attribute('b', value)
      writer.text(value)
      writer.close()
    })
    expect(text).toBe(`<a b='${escaped}'>${escaped}</a>\n`)
  })

  test('an empty text is a text; texts join', () => {
    const text = written((writer) => {
      writer.open('a')
      writer.open('b')
      writer.text('')
      writer.close()
      writer.open('c')
      writer.text('x')
      writer.text('y')
      writer.close()
      writer.close()
    })
    expect(text).toBe('<a>\n  <b></b>\n  <c>xy</c>\n</a>\n')
  })

  test('two documents in a row stand below each other', () => {
    const text = written((writer) => {
      for (const name of ['a', 'b']) {
        writer.open(name)
        writer.close()
      }
    })
    expect(text).toBe('<a/>\n<b/>\n')
  })

  test.each<[string, (writer: XmlWriter) => void]>([
    ['an attribute outside a tag', (writer) => writer.attribute('a', '')],
    [
      'an attribute behind text',
      (writer) => {
        writer.open('a')
        writer.text('b')
        writer.attribute('c', 'd')
      },
    ],
    [
      'text behind an element',
      (writer) => {
        writer.open('a')
        writer.open('b')
        writer.close()
        writer.text('c')
      },
    ],
    [
      'an element behind text',
      (writer) => {
        writer.open('a')
        writer.text('b')
        writer.open('c')
      },
    ],
    ['a close too many', (writer) => writer.close()],
    ['an element left open', (writer) => writer.open('a')],
  ])('%s is an error of the program', (_, write) => {
    expect(() => written(write)).toThrow()
  })
})
