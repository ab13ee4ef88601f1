import { own } from '../own.ts'
import { declaredPrefix, Namespaces, prefixOf } from './namespaces.ts'
import { attributeOf, type XmlElement, type XmlNode } from './tree.ts'

/**
 * A subtree as libxml2 prints it with formatting on: double quotes, namespace declarations before other attributes,
 * every child on a line of its own from `depth` on, except inside an element that holds text or CDATA. White space
 * between elements is not part of the tree (see {@link keptChildren}). No indentation before and no line end after.
 * Prefixes that only an element around the subtree declares are declared on its root.
 */
export function printSubtree(element: XmlElement, depth: number): string {
  return print(element, depth, true, 'unset', borrowedDeclarations(element))
}

/** What `xml:space` says, here or around. */
type Space = 'preserve' | 'default' | 'unset'

function print(element: XmlElement, depth: number, formatted: boolean, outer: Space, borrowed = ''): string {
  const tag = `${element.name}${startTag(element, borrowed)}`
  const space = spaceOf(element) ?? outer
  const children = keptChildren(element, space)
  if (children.length === 0) return `<${tag}/>`
  const inLines = formatted && !children.some(isCharacters)
  let inside = ''
  for (const child of children) {
    if (inLines) inside += `\n${'  '.repeat(depth + 1)}`
    inside += child.kind === 'element' ? print(child, depth + 1, inLines, space) : printLeaf(child)
  }
  if (inLines) inside += `\n${'  '.repeat(depth)}`
  return `<${tag}>${inside}</${element.name}>`
}

function spaceOf(element: XmlElement): Space | undefined {
  const value = attributeOf(element, 'xml:space')?.value
  return value === 'preserve' || value === 'default' ? value : undefined
}

function printLeaf(node: Exclude<XmlNode, XmlElement>): string {
  switch (node.kind) {
    case 'text':
      return escapeText(node.value)
    case 'cdata':
      return `<![CDATA[${node.value}]]>`
    case 'comment':
      return `<!--${node.value}-->`
    case 'instruction':
      return node.value === '' ? `<?${node.target}?>` : `<?${node.target} ${node.value}?>`
  }
}

function startTag(element: XmlElement, borrowed: string): string {
  let declarations = ''
  let others = ''
  for (const { name, value } of element.attributes) {
    if (declaredPrefix(name) === undefined) others += ` ${name}="${escapeValue(value)}"`
    else declarations += ` ${name}="${escapeValue(value)}"`
  }
  return declarations + borrowed + others
}

/**
 * The children that libxml2 keeps when it is asked to drop blanks: white space goes where a tag follows it, unless the
 * element begins with text, holds nothing else, has text right before, or has shown before that its blanks matter.
 * Neighbouring CDATA sections become one.
 */
function keptChildren(element: XmlElement, space: Space): readonly XmlNode[] {
  const { children } = element
  if (children.length === 1) return children
  const kept: XmlNode[] = []
  let mixed = space === 'preserve'
  for (const child of children) {
    if (child.kind === 'text') {
      const blank = !/[^ \t\r\n]/.test(child.value)
      if (blank && !mixed && kept[0]?.kind !== 'text' && kept.at(-1)?.kind !== 'text') continue
      // Text shows it that begins with a blank or leaves ASCII, so does libxml2 read it. `x <b/>` does not.
      mixed ||= space === 'unset' && /^[ \t\r\n]|[\u{80}-\u{10FFFF}]/u.test(child.value)
    }
    const last = kept.at(-1)
    if (child.kind === 'cdata' && last?.kind === 'cdata')
      kept[kept.length - 1] = { ...last, value: last.value + child.value }
    else kept.push(child)
  }
  return kept
}

function isCharacters(node: XmlNode): boolean {
  return node.kind === 'text' || node.kind === 'cdata'
}

function escapeText(value: string): string {
  return value.replace(/[<>&\r]/g, (character) => own(TEXT_REPLACEMENTS, character)!)
}

/** libxml2 writes what is beyond ASCII as numbers in the attributes of a document that declares no encoding. */
function escapeValue(value: string): string {
  return value.replace(
    /[<>&"\t\n\r\u{80}-\u{10FFFF}]/gu,
    (character) => own(VALUE_REPLACEMENTS, character) ?? `&#x${character.codePointAt(0)!.toString(16).toUpperCase()};`,
  )
}

const TEXT_REPLACEMENTS: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '&#13;' }
const VALUE_REPLACEMENTS: Readonly<Record<string, string>> = {
  ...TEXT_REPLACEMENTS,
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
}

/** Declarations, ready to print, of the prefixes that the subtree uses and only its ancestors declare. */
function borrowedDeclarations(root: XmlElement): string {
  const missing = new Set<string>()
  collectMissing(root, new Namespaces(), missing)
  let declarations = ''
  for (const prefix of missing) {
    const uri = inheritedUri(root.parent, prefix)
    if (uri !== '') declarations += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeValue(uri)}"`
  }
  return declarations
}

function collectMissing(element: XmlElement, namespaces: Namespaces, missing: Set<string>): void {
  const undo = namespaces.enter(element.attributes)
  const use = (prefix: string) => namespaces.declares(prefix) || missing.add(prefix)
  use(prefixOf(element.name))
  // An attribute without a prefix is in no namespace, whatever the default is.
  for (const { name } of element.attributes) if (prefixOf(name) !== '') use(prefixOf(name))
  for (const child of element.children) if (child.kind === 'element') collectMissing(child, namespaces, missing)
  namespaces.leave(undo)
}

/** What the nearest declaration of a prefix says; '' where there is none. */
function inheritedUri(from: XmlElement | undefined, prefix: string): string {
  for (let element = from; element !== undefined; element = element.parent) {
    const declaration = element.attributes.find(({ name }) => declaredPrefix(name) === prefix)
    if (declaration !== undefined) return declaration.value
  }
  return ''
}
