import type { Capabilities } from '../capabilities/capabilities.ts'
import type { Element } from '../codec/description.ts'
import { docOf } from '../codec/field.ts'
import type { Span } from '../diagnostic/diagnostic.ts'
import { type Cursor, cursorAt } from './cursor.ts'
import { attributesOf, childrenOf, type Described, describe, isRepeatable, wordsOf } from './description.ts'
import { attributeDoc, gateLines, valueDetail } from './documentation.ts'
import { attributeOfOutline, chainOf, type Document, type Outline } from './outline.ts'
import { type Surroundings, valuesAt } from './values.ts'

export interface Completion {
  readonly label: string
  readonly kind: 'element' | 'attribute' | 'value'
  /** What is replaced. */
  readonly span: Span
  /** What is written: a snippet, `$1` and `$0` are where the cursor goes. */
  readonly insert: string
  readonly detail?: string | undefined
  /** Markdown. */
  readonly doc?: string | undefined
}

/**
 * What may be typed at an offset, by the description of the domain: elements and attributes that are not there yet,
 * values of closed lists, and what only this QEMU or this document knows (machine types, CPU models, I/O threads).
 */
export function completionsAt(document: Document, offset: number, qemu?: Capabilities): Completion[] {
  const cursor = cursorAt(document, offset)
  if (cursor === undefined) return []
  const around: Surroundings = { domain: document.roots.find(({ name }) => name === 'domain'), qemu }
  switch (cursor.in) {
    case 'element-name':
      return elements(cursor.parent, '', { start: cursor.from, end: offset }, qemu)
    case 'end-tag':
      return endTag(document, cursor, offset)
    case 'attribute-name':
      return attributes(cursor, offset, qemu)
    case 'attribute-value':
      return attributeValues(cursor, around)
    case 'content':
      return content(cursor, offset, around)
  }
}

const escaped = (text: string) => text.replace(/[\\$}]/g, '\\$&')

function elements(parent: Outline | undefined, lead: string, span: Span, qemu: Capabilities | undefined): Completion[] {
  if (parent === undefined) return [root(lead, span)]
  const chain = chainOf(parent)
  const described = describe(chain)
  if (described === undefined) return []
  const present = new Set(parent.children.filter((it) => it.span.end !== span.end).map(({ name }) => name))
  return childrenOf(described)
    .filter((child) => isRepeatable(child) || !present.has(child.name))
    .map(({ name, field }) => {
      const inner = field.kind === 'child' || field.kind === 'many' ? field.element() : undefined
      const doc = inner?.doc ?? docOf(field)
      const gates = gateLines([...chain, { ...parent, name, parent }], undefined, qemu)
      return {
        label: name,
        kind: 'element',
        span,
        insert: lead + tag(name, field.kind, inner),
        doc: [doc, ...gates].filter((part) => part !== undefined).join('\n\n'),
      } as const
    })
}

function root(lead: string, span: Span): Completion {
  const insert = `${lead}domain type='\${1|kvm,qemu|}'>\n  <name>\${2:guest}</name>\n  $0\n</domain>`
  return { label: 'domain', kind: 'element', span, insert, doc: 'A guest.' }
}

/** What follows the `<`: required attributes ready to be filled, closed at once where nothing can be inside. */
function tag(name: string, kind: string, element: Element<object> | undefined): string {
  if (kind === 'text' || kind === 'texts') return `${name}>$1</${name}>$0`
  if (kind === 'flag') return `${name}/>$0`
  if (element === undefined) return `${name}>$0</${name}>`
  let stop = 0
  const needed = Object.entries(element.shape.attributes ?? {}).flatMap(([key, field]) => {
    if (field.kind !== 'attribute' || field.presence !== 'required') return []
    const words = wordsOf(field.scalar).map((word) => word.replace(/[\\$},|]/g, '\\$&'))
    stop++
    return ` ${field.name ?? key}='\${${stop}${words.length > 0 ? `|${words.join(',')}|` : ''}}'`
  })
  if (element.shape.value !== undefined) return `${name}${needed.join('')}>\${${stop + 1}}</${name}>$0`
  const hollow = Object.keys(element.shape.children ?? {}).length === 0
  return hollow ? `${name}${needed.join('')}/>$0` : `${name}${needed.join('')}>\n  $0\n</${name}>`
}

function endTag(document: Document, cursor: Cursor & { in: 'end-tag' }, offset: number): Completion[] {
  const name = cursor.element?.name
  if (name === undefined || name === '') return []
  const end = document.text[offset] === '>' ? offset + 1 : offset
  return [{ label: `${name}>`, kind: 'element', span: { start: cursor.from, end }, insert: `${escaped(name)}>` }]
}

function attributes(cursor: Cursor & { in: 'attribute-name' }, offset: number, qemu?: Capabilities): Completion[] {
  const chain = chainOf(cursor.element)
  const described = describe(chain)
  if (described === undefined) return []
  const span = { start: cursor.from, end: offset }
  return attributesOf(described)
    .filter(({ name }) => {
      const there = attributeOfOutline(cursor.element, name)
      return there === undefined || there.nameSpan.start === cursor.from
    })
    .map(({ name, field }) => {
      const words = wordsOf(field.scalar).map((word) => word.replace(/[\\$},|]/g, '\\$&'))
      const value = words.length > 0 ? `\${1|${words.join(',')}|}` : '$1'
      return {
        label: name,
        kind: 'attribute',
        span,
        insert: cursor.hasValue ? escaped(name) : `${escaped(name)}='${value}'$0`,
        detail: field.presence === 'required' ? 'required' : undefined,
        doc: attributeDoc(described.name, name, field, gateLines(chain, name, qemu)),
      } as const
    })
}

function attributeValues(cursor: Cursor & { in: 'attribute-value' }, around: Surroundings): Completion[] {
  const described = describe(chainOf(cursor.element))
  const field = described && attributesOf(described).find(({ name }) => name === cursor.name)?.field
  const span = { start: cursor.from, end: cursor.to }
  const known = valuesAt(cursor.element, cursor.name, around)
  const words = field === undefined ? [] : wordsOf(field.scalar)
  return [
    ...words.map((text) => ({ text, detail: field && valueDetail(field.scalar, text) })),
    ...known.filter(({ text }) => !words.includes(text)),
  ].map(({ text, detail }) => ({ label: text, kind: 'value', span, insert: escaped(text), detail }))
}

function content(cursor: Cursor & { in: 'content' }, offset: number, around: Surroundings): Completion[] {
  const { element } = cursor
  const described: Described | undefined = element && describe(chainOf(element))
  const span = { start: cursor.from, end: cursor.to }
  if (element !== undefined && described?.value !== undefined) {
    const words: readonly { text: string; detail?: string | undefined }[] = [
      ...wordsOf(described.value).map((text) => ({ text, detail: valueDetail(described.value!, text) })),
      ...valuesAt(element, undefined, around),
    ]
    return words.map(({ text, detail }) => ({ label: text, kind: 'value', span, insert: escaped(text), detail }))
  }
  return elements(element, '<', { start: cursor.from, end: offset }, around.qemu)
}
