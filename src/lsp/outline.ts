import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@lezer/xml'
import type { Span } from '../diagnostic/diagnostic.ts'

export interface OutlineAttribute {
  readonly name: string
  readonly nameSpan: Span
  /** As written between the quotes; undefined where there is none yet. */
  readonly value: string | undefined
  readonly valueSpan: Span | undefined
}

/** An element of a document that may be half typed: what is missing is simply not there. */
export interface Outline {
  readonly name: string
  readonly span: Span
  readonly nameSpan: Span
  readonly attributes: readonly OutlineAttribute[]
  readonly children: readonly Outline[]
  readonly parent: Outline | undefined
  /** What stands between the tags, where that is only text. */
  readonly text: { readonly value: string; readonly span: Span } | undefined
}

type Open = {
  -readonly [K in keyof Outline]: K extends 'children'
    ? Outline[]
    : K extends 'attributes'
      ? OutlineAttribute[]
      : Outline[K]
}

export interface Document {
  readonly text: string
  readonly tree: Tree
  /** Usually one. */
  readonly roots: readonly Outline[]
}

/** Reads what can be read: a tolerant parser closes what is open and steps over what makes no sense. */
export function outlineOf(text: string): Document {
  const tree = parser.parse(text)
  const roots: Outline[] = []
  const open: Open[] = []
  tree.iterate({
    enter: ({ name, from, to, node }) => {
      if (name !== 'Element') return name === 'Document' || undefined
      const parent = open.at(-1)
      const element = elementOf(text, node, { start: from, end: to }, parent)
      ;(parent?.children ?? roots).push(element)
      open.push(element)
      return undefined
    },
    leave: ({ name }) => {
      if (name === 'Element') open.pop()
    },
  })
  return { text, tree, roots }
}

function elementOf(text: string, node: SyntaxNode, span: Span, parent: Outline | undefined): Open {
  const tag = node.firstChild
  const nameNode = tag?.getChild('TagName')
  const start = nameNode?.from ?? Math.min(span.start + 1, span.end)
  const nameSpan = { start, end: nameNode?.to ?? start }
  return {
    name: text.slice(nameSpan.start, nameSpan.end),
    span,
    nameSpan,
    attributes: (tag?.getChildren('Attribute') ?? []).map((attribute) => attributeOf(text, attribute)),
    children: [],
    parent,
    text: textOf(text, node),
  }
}

function attributeOf(text: string, node: SyntaxNode): OutlineAttribute {
  const name = node.getChild('AttributeName') ?? node
  const value = node.getChild('AttributeValue')
  // Without its end quote a value reaches to the end of the document: there is none yet.
  const closed = value !== null && value.to - value.from >= 2 && text[value.from] === text[value.to - 1]
  const valueSpan = closed ? { start: value.from + 1, end: value.to - 1 } : undefined
  return {
    name: text.slice(name.from, name.to),
    nameSpan: { start: name.from, end: name.to },
    value: valueSpan && text.slice(valueSpan.start, valueSpan.end),
    valueSpan,
  }
}

function textOf(text: string, element: SyntaxNode): Outline['text'] {
  const first = element.firstChild?.nextSibling
  if (first?.name !== 'Text' || first.nextSibling?.name === 'Element') return undefined
  const raw = text.slice(first.from, first.to)
  const value = raw.trim()
  const start = first.from + raw.indexOf(value)
  return value === '' ? undefined : { value, span: { start, end: start + value.length } }
}

/** The innermost element around an offset, or at its edge. */
export function elementAt({ roots }: Document, offset: number): Outline | undefined {
  let found: Outline | undefined
  let among: readonly Outline[] = roots
  for (;;) {
    const inner = among.find(({ span }) => span.start < offset && offset <= span.end)
    if (inner === undefined) return found
    found = inner
    among = inner.children
  }
}

/** An element and all around it, outermost first. */
export function chainOf(element: Outline | undefined): Outline[] {
  const chain: Outline[] = []
  for (let at = element; at !== undefined; at = at.parent) chain.unshift(at)
  return chain
}

export function attributeOfOutline(element: Outline, name: string): OutlineAttribute | undefined {
  return element.attributes.find((attribute) => attribute.name === name)
}

/** Elements below one another by their names: `childrenAt(domain, 'devices', 'disk')`. */
export function elementsAt(element: Outline | undefined, ...names: readonly string[]): Outline[] {
  let found = element === undefined ? [] : [element]
  for (const name of names) found = found.flatMap(({ children }) => children.filter((child) => child.name === name))
  return found
}
