import { type Document, elementAt, type Outline } from './outline.ts'

/** What is being typed at a place. `from` is where the word begins that a completion replaces. */
export type Cursor =
  | { readonly in: 'element-name'; readonly parent: Outline | undefined; readonly from: number }
  | { readonly in: 'end-tag'; readonly element: Outline | undefined; readonly from: number }
  | { readonly in: 'attribute-name'; readonly element: Outline; readonly from: number; readonly hasValue: boolean }
  | {
      readonly in: 'attribute-value'
      readonly element: Outline
      readonly name: string
      readonly from: number
      readonly to: number
    }
  | { readonly in: 'content'; readonly element: Outline | undefined; readonly from: number; readonly to: number }

/** Where a tag begins that is still open at the offset; undefined in content. */
function openTag(text: string, offset: number): number | undefined {
  const start = text.lastIndexOf('<', offset - 1)
  if (start < 0) return undefined
  let quote = ''
  for (let at = start + 1; at < offset; at++) {
    const character = text[at]!
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return undefined
  }
  return start
}

const hidden = /^(Comment|Cdata|ProcessingInst|DoctypeDecl)$/

/** What is being typed at an offset; undefined in a comment and where nothing can be completed. */
export function cursorAt(document: Document, offset: number): Cursor | undefined {
  const { text, tree } = document
  if (hidden.test(tree.resolveInner(offset, -1).name)) return undefined
  const start = openTag(text, offset)
  const element = elementAt(document, offset)
  if (start === undefined) return contentAt(text, element, offset)
  const typed = text.slice(start, offset)
  if (/^<[^\s/<>'"=]*$/.test(typed)) {
    const parent = element?.span.start === start ? element.parent : element
    return { in: 'element-name', parent, from: start + 1 }
  }
  if (typed.startsWith('</')) return { in: 'end-tag', element: element ?? undefined, from: start + 2 }
  const own = elementAt(document, start + 1)
  if (own === undefined) return undefined
  const value = /([^\s=<>'"/]+)\s*=\s*(?:"([^"]*)|'([^']*))$/.exec(withoutValues(typed))
  if (value) {
    const from = offset - (value[2] ?? value[3] ?? '').length
    const rest = /^[^'"<>\n]*/.exec(text.slice(offset))![0]
    const closed = /['"]/.test(text[offset + rest.length] ?? '')
    return { in: 'attribute-value', element: own, name: value[1]!, from, to: closed ? offset + rest.length : offset }
  }
  const word = /(?:^|\s)([^\s=<>'"/]*)$/.exec(withoutValues(typed))
  if (word === null) return undefined
  const hasValue = /^[^\s=<>'"/]*\s*=/.test(text.slice(offset))
  return { in: 'attribute-name', element: own, from: offset - word[1]!.length, hasValue }
}

/** Values that are complete, blanked: what is in them is no attribute. */
function withoutValues(tag: string): string {
  return tag.replace(/"[^"]*"|'[^']*'/g, (value) => `"${' '.repeat(value.length - 2)}"`)
}

function contentAt(text: string, element: Outline | undefined, offset: number): Cursor {
  const before = /[^\s<>]*$/.exec(text.slice(Math.max(0, offset - 200), offset))![0]
  const after = /^[^\s<>]*/.exec(text.slice(offset, offset + 200))![0]
  return { in: 'content', element, from: offset - before.length, to: offset + after.length }
}
