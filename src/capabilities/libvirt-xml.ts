import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { attributeOf, elementsOf, pathOf, textOf, type XmlElement } from '../xml/tree.ts'
import type { Tristate } from './table.ts'

/** The root of a `<qemuCaps>` document, its children by name, and what was wrong with them. */
export class LibvirtXml {
  readonly diagnostics: Diagnostic[] = []
  /** Something is wrong that leaves no table. */
  failed = false
  readonly root: XmlElement
  readonly #children = new Map<string, XmlElement[]>()

  constructor(root: XmlElement) {
    this.root = root
    for (const child of elementsOf(root)) {
      const same = this.#children.get(child.name)
      if (same === undefined) this.#children.set(child.name, [child])
      else same.push(child)
    }
  }

  all(name: string): readonly XmlElement[] {
    return this.#children.get(name) ?? []
  }

  first(name: string): XmlElement | undefined {
    return this.#children.get(name)?.[0]
  }

  /** The text of a child of the root that must be there. */
  required(name: string): { readonly element: XmlElement; readonly text: string } | undefined {
    const element = this.first(name)
    if (element !== undefined) return { element, text: textOf(element).trim() }
    this.failed = true
    const hint = 'The file is cut short, or not one that libvirt wrote.'
    this.diagnostics.push(finding('missing-fact', this.root, `<${name}> is missing`, hint))
    return undefined
  }

  attribute(element: XmlElement, name: string): string {
    const attribute = attributeOf(element, name)
    if (attribute === undefined) this.bad(element, `<${element.name}> has no ${name}`)
    return attribute?.value ?? ''
  }

  number(element: XmlElement, text: string | undefined): number {
    if (text !== undefined && /^-?\d+$/.test(text)) return Number(text)
    this.bad(element, text === undefined ? `a number of <${element.name}> is missing` : `'${text}' is no number`)
    return 0
  }

  bad(element: XmlElement, message: string): void {
    this.failed = true
    const hint = 'Let libvirt write the file anew: remove it from its cache and start the daemon.'
    this.diagnostics.push(finding('bad-value', element, message, hint))
  }
}

/** The optional attributes of an element that have a value, under the names of our table. */
export function given<Key extends string>(
  element: XmlElement,
  names: { readonly [key in Key]: string },
): { [key in Key]?: string } {
  const values: { [key in Key]?: string } = {}
  for (const key of Object.keys(names) as Key[]) {
    const value = attributeOf(element, names[key])?.value
    if (value !== undefined) values[key] = value
  }
  return values
}

export function isYes(element: XmlElement, name: string): boolean {
  return attributeOf(element, name)?.value === 'yes'
}

export function tristate(element: XmlElement, name: string): Tristate {
  const value = attributeOf(element, name)?.value
  return value === 'yes' || value === 'no' ? value : 'unknown'
}

export function childText(element: XmlElement, name: string): string | undefined {
  const child = elementsOf(element).find((candidate) => candidate.name === name)
  return child && textOf(child).trim()
}

export function finding(
  code: string,
  element: XmlElement,
  message: string,
  hint: string,
  severity: Diagnostic['severity'] = 'error',
): Diagnostic {
  return {
    code: `capabilities/${code}`,
    severity,
    message: `${message}.`,
    span: element.span,
    path: pathOf(element),
    hint,
  }
}
