import { readXml } from '../../../src/xml/read.ts'
import { elementsOf, type XmlElement } from '../../../src/xml/tree.ts'

/** A part of a text that can be left out, with what then stands there. */
export interface Piece {
  readonly start: number
  readonly end: number
  readonly path: string
}

const before = '<x>'

function rootOf(text: string): XmlElement | undefined {
  return readXml(`${before.replace('x', "x xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'")}${text}</x>`).root
}

/** Elements and attributes of a fragment, the largest first. */
export function piecesOf(text: string): Piece[] {
  const root = rootOf(text)
  if (root === undefined) return []
  const shift = root.contentSpan.start
  const pieces: Piece[] = []
  const visit = (element: XmlElement, path: string) => {
    const own = `${path}/${element.name}`
    pieces.push({ start: element.span.start - shift, end: element.span.end - shift, path: own })
    for (const { name, nameSpan, valueSpan } of element.attributes) {
      if (name.startsWith('xmlns')) continue
      // With the space before, and the quote behind.
      pieces.push({ start: nameSpan.start - 1 - shift, end: valueSpan.end + 1 - shift, path: `${own}/@${name}` })
    }
    for (const child of elementsOf(element)) visit(child, own)
  }
  for (const child of elementsOf(root)) visit(child, '')
  return pieces.sort((a, b) => b.end - b.start - (a.end - a.start))
}

export const without = (text: string, { start, end }: Piece) => text.slice(0, start) + text.slice(end)

/** Two spaces a level, an element a line. */
export function laidOut(text: string): string {
  const root = rootOf(text)
  if (root === undefined) return text.trim()
  const source = `${before}${text}</x>`
  const shift = root.contentSpan.start - before.length
  const lines: string[] = []
  const print = (element: XmlElement, level: number) => {
    const indent = '  '.repeat(level)
    const children = elementsOf(element)
    const raw = (from: number, to: number) => source.slice(from - shift, to - shift)
    if (children.length === 0) {
      lines.push(
        indent +
          raw(element.span.start, element.span.end)
            .replace(/\s*\n\s*/g, ' ')
            .replace(/>\s*<\/[\w:]+>$/, '/>'),
      )
      return
    }
    lines.push(indent + raw(element.span.start, element.contentSpan.start).replace(/\s*\n\s*/g, ' '))
    for (const child of children) print(child, level + 1)
    lines.push(`${indent}</${element.name}>`)
  }
  for (const child of elementsOf(root)) print(child, 0)
  return lines.join('\n')
}
