import { describe, expect, test } from 'vitest'
import { readXml } from './read.ts'
import { elementsOf, type XmlElement } from './tree.ts'

function names(element: XmlElement): unknown[] {
  return [[element.local, element.uri], ...elementsOf(element).map(names)]
}

function read(text: string): { tree: unknown[]; undeclared: string[] } {
  const { root, diagnostics } = readXml(text)
  const undeclared = diagnostics.map(({ code, severity, span }) => {
    expect([code, severity]).toEqual(['xml/undeclared-prefix', 'warning'])
    return `${text.slice(span!.start, span!.end)}@${span!.start}`
  })
  return { tree: names(root!), undeclared }
}

describe('namespaces', () => {
  test('a prefix is bound from the element that declares it on, wherever the attribute stands', () => {
    expect(read("<p:a b='1' xmlns:p='u'><p:c/><d/></p:a>")).toEqual({
      tree: [['a', 'u'], [['c', 'u']], [['d', '']]],
      undeclared: [],
    })
  })

  test('an inner declaration holds for its element only', () => {
    expect(read("<a xmlns='o' xmlns:p='u'><p:b xmlns:p='v' xmlns=''><p:c/><d/></p:b><p:e/><f/></a>")).toEqual({
      tree: [['a', 'o'], [['b', 'v'], [['c', 'v']], [['d', '']]], [['e', 'u']], [['f', 'o']]],
      undeclared: [],
    })
  })

  test('a declaration is over behind its element', () => {
    expect(read("<a><p:b xmlns:p='u'/><p:c/></a>")).toEqual({
      tree: [['a', ''], [['b', 'u']], [['c', '']]],
      undeclared: ['p@22'],
    })
  })

  test('each undeclared prefix is a warning once, of elements and attributes', () => {
    expect(read("<a><p:b q:c='1'/><p:d/><q:e xmlns:q=''/></a>").undeclared).toEqual(['p@4', 'q@8'])
  })

  test('xml and xmlns need no declaration', () => {
    expect(read("<xml:a xml:space='default' xmlns:p='u'/>")).toEqual({
      tree: [['a', 'http://www.w3.org/XML/1998/namespace']],
      undeclared: [],
    })
  })

  test('a colon at an end, and a second one, belong to the local name', () => {
    expect(read("<a xmlns:b='u'><b:/><:b/><b:c:d/><xmlnsx/></a>")).toEqual({
      tree: [['a', ''], [['b:', '']], [[':b', '']], [['c:d', 'u']], [['xmlnsx', '']]],
      undeclared: [],
    })
  })
})
