import { describe, expect, test } from 'vitest'
import { readXml } from './read.ts'
import { attributeOf, elementsOf, textOf, type XmlElement } from './tree.ts'

function rootOf(text: string): XmlElement {
  const { root, diagnostics } = readXml(text)
  expect(diagnostics).toEqual([])
  return root!
}

describe('readXml', () => {
  test('gives names, values and text with their places', () => {
    const text = `<?xml version='1.0'?>\n<!-- before -->\n<a b='1'\n  c="2"><d>x</d><!--n--><?t v?><![CDATA[<]]></a>\n`
    const root = rootOf(text)
    const [b, c] = root.attributes
    expect(root.name).toBe('a')
    expect(text.slice(root.span.start, root.span.end)).toBe(text.trim().slice(text.indexOf('<a')))
    expect([b, c].map((attribute) => [attribute?.name, attribute?.value])).toEqual([
      ['b', '1'],
      ['c', '2'],
    ])
    expect(text.slice(c!.nameSpan.start, c!.nameSpan.end)).toBe('c')
    expect(text.slice(c!.valueSpan.start, c!.valueSpan.end)).toBe('2')
    expect(root.children.map((child) => [child.kind, text.slice(child.span.start, child.span.end)])).toEqual([
      ['element', '<d>x</d>'],
      ['comment', '<!--n-->'],
      ['instruction', '<?t v?>'],
      ['cdata', '<![CDATA[<]]>'],
    ])
    expect(root.children[1]).toMatchObject({ value: 'n' })
    expect(root.children[2]).toMatchObject({ target: 't', value: 'v' })
    expect(root.children[3]).toMatchObject({ value: '<' })
    expect(elementsOf(root)[0]?.parent).toBe(root)
  })

  test('decodes references, white space in values and line ends', () => {
    const root = rootOf(`<a b='&lt;&gt;&amp;&apos;&quot;&#65;&#x1F600;\t\r\n&#9;&#10;&#13;'>\r\n&amp;lt;\r&#13;</a>`)
    expect(attributeOf(root, 'b')?.value).toBe(`<>&'"A\u{1f600}  \t\n\r`)
    expect(textOf(root)).toBe('\n&lt;\n\r')
  })
})
