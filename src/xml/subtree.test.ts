import { describe, expect, test } from 'vitest'
import { readXml } from './read.ts'
import { printSubtree } from './subtree.ts'
import { elementsOf } from './tree.ts'

/** The first element below the root, printed where it stood. */
function reprinted(document: string): string {
  const root = readXml(document).root!
  return `<${root.name}>\n  ${printSubtree(elementsOf(root)[0]!, 1)}\n</${root.name}>\n`
}

describe('printSubtree', () => {
  test('indents anew from where it stands, with double quotes', () => {
    expect(reprinted("<r><m>\n\n      <a b='1'  c='2'><d>text</d>\n<e></e></a><!-- n --><?p q?></m></r>")).toBe(`<r>
  <m>
    <a b="1" c="2">
      <d>text</d>
      <e/>
    </a>
    <!-- n -->
    <?p q?>
  </m>
</r>
`)
  })

  test('leaves mixed content as it is', () => {
    expect(reprinted('<r><m>text <a> <b/> </a> <c/></m></r>')).toBe('<r>\n  <m>text <a><b/></a> <c/></m>\n</r>\n')
    expect(reprinted('<r><m><a> <![CDATA[<]]></a><b> </b></m></r>')).toBe(
      '<r>\n  <m>\n    <a><![CDATA[<]]></a>\n    <b> </b>\n  </m>\n</r>\n',
    )
  })

  test('escapes what libxml2 escapes', () => {
    expect(reprinted(`<r><m a='&lt;&gt;&amp;&quot;&apos;&#9;&#10;&#13;é'>&lt;&gt;&amp;"'&#13;é</m></r>`)).toBe(
      `<r>\n  <m a="&lt;&gt;&amp;&quot;'&#9;&#10;&#13;&#xE9;">&lt;&gt;&amp;"'&#13;é</m>\n</r>\n`,
    )
  })

  test('declarations come first; those that are left outside come along', () => {
    expect(reprinted("<r xmlns:p='u' xmlns:q='v' xmlns:n='w'><m a='1' xmlns:o='x'><p:b q:c=''/><o:d/></m></r>")).toBe(
      `<r>\n  <m xmlns:o="x" xmlns:p="u" xmlns:q="v" a="1">\n    <p:b q:c=""/>\n    <o:d/>\n  </m>\n</r>\n`,
    )
    expect(reprinted("<r xmlns='u'><m><a xmlns='v'/></m></r>")).toBe(
      `<r>\n  <m xmlns="u">\n    <a xmlns="v"/>\n  </m>\n</r>\n`,
    )
    expect(reprinted("<r xmlns:p='u'><m><a xmlns:p='v'><p:b/></a></m></r>")).toBe(
      `<r>\n  <m>\n    <a xmlns:p="v">\n      <p:b/>\n    </a>\n  </m>\n</r>\n`,
    )
  })

  test('a declaration inside that says "none" is not overruled', () => {
    expect(reprinted("<r xmlns='u'><m xmlns=''><a/></m></r>")).toBe(`<r>\n  <m xmlns="">\n    <a/>\n  </m>\n</r>\n`)
    expect(reprinted("<r xmlns='u'><s xmlns=''/></r>")).toBe(`<r>\n  <s xmlns=""/>\n</r>\n`)
    expect(reprinted("<r xmlns=''><m><a/></m></r>")).toBe(`<r>\n  <m>\n    <a/>\n  </m>\n</r>\n`)
  })

  test('a prefix that is declared behind its neighbour is still borrowed', () => {
    expect(reprinted("<r xmlns:p='u'><m><p:a xmlns:p='v'/><p:b/></m></r>")).toBe(
      `<r>\n  <m xmlns:p="u">\n    <p:a xmlns:p="v"/>\n    <p:b/>\n  </m>\n</r>\n`,
    )
  })
})
