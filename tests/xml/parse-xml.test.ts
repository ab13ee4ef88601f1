import {
  parseXml,
  type XmlNode as TheirNode,
  XmlCdata,
  XmlComment,
  XmlElement,
  XmlProcessingInstruction,
  XmlText,
} from '@rgrove/parse-xml'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readXml } from '../../src/xml/read.ts'
import type { XmlNode } from '../../src/xml/tree.ts'
import { nearlyWellFormed, wellFormed } from './documents.ts'

/** The shape in which both trees are compared: no spans but those of elements, which both note. */
type Shape = readonly unknown[]

function ours(node: XmlNode): Shape {
  if (node.kind === 'instruction') return [node.kind, node.target, node.value]
  if (node.kind !== 'element') return [node.kind, node.value]
  const attributes = node.attributes.map(({ name, value }) => [name, value]).sort()
  return [node.kind, node.name, node.span.start, node.span.end, attributes, node.children.map(ours)]
}

function theirs(node: TheirNode): Shape {
  if (node instanceof XmlElement) {
    const attributes = Object.entries(node.attributes).sort()
    return ['element', node.name, node.start, node.end, attributes, node.children.map(theirs)]
  }
  if (node instanceof XmlProcessingInstruction) return ['instruction', node.name, node.content]
  if (node instanceof XmlCdata) return ['cdata', node.text]
  if (node instanceof XmlText) return ['text', node.text]
  if (node instanceof XmlComment) return ['comment', node.content]
  throw new Error(`unknown node: ${node.type}`)
}

const options = { includeOffsets: true, preserveCdata: true, preserveComments: true }

test('well-formed documents hold the same', () => {
  fc.assert(
    fc.property(wellFormed, (document) => {
      const { root, diagnostics } = readXml(document)
      expect(diagnostics).toEqual([])
      expect(ours(root!)).toEqual(theirs(parseXml(document, options).root!))
    }),
    { numRuns: 500 },
  )
})

test('what is refused here is refused there', () => {
  fc.assert(
    fc.property(nearlyWellFormed, (document) => {
      const { root } = readXml(document)
      const accepted = (() => {
        try {
          return parseXml(document).root !== null
        } catch {
          return false
        }
      })()
      expect(root !== undefined).toBe(accepted)
    }),
    { numRuns: 2000 },
  )
})
