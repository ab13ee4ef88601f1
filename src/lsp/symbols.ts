import type { Span } from '../diagnostic/diagnostic.ts'
import { attributeOfOutline, type Document, type Outline } from './outline.ts'

export interface DocumentEntry {
  readonly name: string
  readonly detail: string
  readonly kind: 'guest' | 'section' | 'device'
  readonly span: Span
  readonly nameSpan: Span
  readonly children: readonly DocumentEntry[]
}

/** What tells one device from another of its kind, first match first: an attribute of the element or of a child. */
const names: readonly string[] = [
  'target@dev',
  'target@name',
  'mac@address',
  'target@dir',
  'alias@name',
  '@index',
  '@id',
  '@name',
]
const details: readonly string[] = ['@type', '@model', 'model@type', 'model@name', 'target@bus', 'backend@model']

function valueAt(element: Outline, path: string): string | undefined {
  const [child, attribute] = path.split('@') as [string, string]
  const owner = child === '' ? element : element.children.find(({ name }) => name === child)
  return owner && attributeOfOutline(owner, attribute)?.value
}

/** The outline of a document: the guest, its sections, its devices by what they are called. */
export function symbolsOf({ roots }: Document): DocumentEntry[] {
  return roots.map((root) => symbol(root, 'guest'))
}

function symbol(element: Outline, kind: DocumentEntry['kind']): DocumentEntry {
  const name = kind === 'guest' ? element.children.find((it) => it.name === 'name')?.text?.value : nameOf(element)
  return {
    name: [element.name, name].filter((it) => it !== undefined && it !== '').join(' ') || '<',
    detail: kind === 'device' ? detailOf(element) : (element.text?.value ?? ''),
    kind,
    span: element.span,
    nameSpan: element.nameSpan,
    children: element.children.flatMap((child) => inner(element, child, kind)),
  }
}

function inner(element: Outline, child: Outline, kind: DocumentEntry['kind']): DocumentEntry[] {
  if (kind === 'guest') return [symbol(child, 'section')]
  return element.name === 'devices' ? [symbol(child, 'device')] : []
}

function nameOf(element: Outline): string | undefined {
  return names.map((path) => valueAt(element, path)).find((value) => value !== undefined)
}

function detailOf(element: Outline): string {
  const found = details.map((path) => valueAt(element, path)).filter((value) => value !== undefined)
  return [...new Set(found)].join(', ')
}
