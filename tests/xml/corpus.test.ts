import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readXml } from '../../src/xml/read.ts'
import { printSubtree } from '../../src/xml/subtree.ts'
import { elementsOf, textOf, type XmlElement } from '../../src/xml/tree.ts'
import { shared, skippedWithoutShared } from '../shared.ts'
import { writeXml } from './writer.ts'

const corpus = join(shared ?? '', 'corpus')

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml'))
    .map((name) => join(folder, name))
}

function* subtreeOf(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of elementsOf(element)) yield* subtreeOf(child)
}

/** Every place that the tree notes, checked against the text it points into. */
function misplaced(text: string, root: XmlElement): string[] {
  const at = ({ start, end }: { start: number; end: number }) => text.slice(start, end)
  return [...subtreeOf(root)]
    .filter((element) => {
      const whole = at(element.span)
      const attributes = element.attributes.every(
        ({ name, value, nameSpan, valueSpan }) =>
          at(nameSpan) === name && (at(valueSpan) === value || /[&\s]/.test(at(valueSpan))),
      )
      const touching = element.children.every((child, index) => {
        const before = element.children[index - 1]
        return before === undefined || before.span.end === child.span.start
      })
      const framed = whole.startsWith(`<${element.name}`) && whole.endsWith('>')
      return at(element.nameSpan) !== element.name || !attributes || !touching || !framed
    })
    .map((element) => `${element.name} at ${element.span.start}`)
}

describe.skipIf(skippedWithoutShared('the corpus as XML'))('the corpus', () => {
  const files = shared === undefined ? [] : filesBelow(corpus)

  test('every file reads without a finding, and its places are right', () => {
    expect(files.length).toBeGreaterThan(1000)
    for (const file of files) {
      const { text, root, diagnostics } = readXml(readFileSync(file))
      expect(diagnostics, file).toEqual([])
      expect(misplaced(text, root!), file).toEqual([])
    }
  })

  test('<metadata> is printed as the goldens have it', () => {
    const goldens = files.filter((file) => /-latest\.xml$/.test(file))
    let printed = 0
    for (const file of goldens) {
      const { text, root } = readXml(readFileSync(file))
      const metadata = elementsOf(root!).find(({ name }) => name === 'metadata')
      if (metadata === undefined) continue
      printed++
      expect(printSubtree(metadata, 1), file).toBe(text.slice(metadata.span.start, metadata.span.end))
    }
    expect(printed).toBeGreaterThan(5)
  })

  test('values and texts are escaped as the goldens have them', () => {
    const goldens = files.filter((file) => /-latest\.xml$/.test(file))
    let special = 0
    for (const file of goldens) {
      const { text, root } = readXml(readFileSync(file))
      for (const element of subtreeOf(root!)) {
        if (element.uri !== '' || elementsOf(element).length > 0 || element.parent?.name === 'metadata') continue
        if (element.children.length === 0 || element.children.some(({ kind }) => kind !== 'text')) continue
        const attributes = element.attributes.map(({ name, value }) => [name, value] as const)
        const written = writeXml({ name: element.name, attributes, children: [], text: textOf(element) })
        const raw = text.slice(element.span.start, element.span.end)
        if (raw.includes('&')) special++
        expect(written.trimEnd(), file).toBe(raw)
      }
    }
    expect(special).toBeGreaterThan(0)
  })
})
