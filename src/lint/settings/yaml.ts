import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Span } from '../../diagnostic/diagnostic.ts'
import type { Json } from '../../json/loose.ts'
import { type JsonFault, type JsonText, pointerTo } from '../../json/text.ts'

/** Reads YAML as JSON's values, and remembers where each stands. An alias is read as what it stands for. */
export function readYaml(text: string): JsonText | JsonFault {
  const document = parseDocument(text, { lineCounter: new LineCounter(), prettyErrors: false, strict: true })
  const [error] = document.errors
  if (error !== undefined) return { message: error.message, span: { start: error.pos[0], end: error.pos[1] } }
  const places = new Map<string, Span>()
  note(document.contents, '', places)
  // An empty document is a configuration that says nothing.
  return { value: (document.toJS({ maxAliasCount: 100 }) as Json) ?? {}, places }
}

function note(node: unknown, pointer: string, places: Map<string, Span>): void {
  const range = (node as Node | null)?.range
  if (range) places.set(pointer, { start: range[0], end: range[1] })
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (isScalar(key)) note(value ?? key, pointerTo(pointer, String(key.value)), places)
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) note(item, `${pointer}/${index}`, places)
  }
}
