import { readFileSync } from 'node:fs'
import { readXml } from '../../src/xml/read.ts'
import { attributeOf, elementsOf, textOf, type XmlElement } from '../../src/xml/tree.ts'

/** What an element of a RELAX NG schema may hold; of several patterns with one name, all that any of them has. */
export interface Described {
  /** The literal values of each attribute. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>>
  /** The patterns of each child element. */
  readonly children: ReadonlyMap<string, ReadonlySet<XmlElement>>
}

type Defines = ReadonlyMap<string, readonly XmlElement[]>

/** The patterns of a RELAX NG grammar in XML syntax: all files that it includes, and the walk from one element to the next. */
export class Grammar {
  readonly #defines: Defines
  readonly #known = new Map<XmlElement, Described>()

  private constructor(defines: Defines) {
    this.#defines = defines
  }

  static read(folder: string, file: string): Grammar {
    const defines = new Map<string, XmlElement[]>()
    const seen = new Set<string>()
    const read = (name: string) => {
      if (seen.has(name)) return
      seen.add(name)
      const { root } = readXml(readFileSync(`${folder}/${name}`), { depth: 1000 })
      if (root === undefined) throw new Error(`${folder}/${name} is no XML`)
      collect(root)
    }
    const collect = (root: XmlElement) => collectDefines(root, defines, read)
    read(file)
    return new Grammar(defines)
  }

  /** A grammar that stands in one text. */
  static of(text: string): Grammar {
    const defines = new Map<string, XmlElement[]>()
    const { root } = readXml(text)
    if (root !== undefined) collectDefines(root, defines, () => {})
    return new Grammar(defines)
  }

  /** The element patterns that a definition begins with. */
  elements(define: string): XmlElement[] {
    return (this.#defines.get(define) ?? []).flatMap((node) =>
      [...this.inside(node).children.values()].flatMap((patterns) => [...patterns]),
    )
  }

  /** What stands directly in a pattern, through references, choices and groups. */
  inside(pattern: XmlElement): Described {
    const known = this.#known.get(pattern)
    if (known !== undefined) return known
    const attributes = new Map<string, Set<string>>()
    const children = new Map<string, Set<XmlElement>>()
    const visited = new Set<string>()
    const walk = (parent: XmlElement) => {
      for (const node of elementsOf(parent)) {
        if (node.local === 'ref') {
          const name = attributeText(node, 'name')
          if (visited.has(name)) continue
          visited.add(name)
          for (const define of this.#defines.get(name) ?? []) walk(define)
        } else if (node.local === 'attribute') {
          for (const name of namesOf(node)) add(attributes, name, this.#values(node))
        } else if (node.local === 'element') {
          for (const name of namesOf(node)) add(children, name, [node])
        } else walk(node)
      }
    }
    walk(pattern)
    const found = { attributes, children }
    this.#known.set(pattern, found)
    return found
  }

  #values(attribute: XmlElement): string[] {
    const found: string[] = []
    const visited = new Set<string>()
    const walk = (parent: XmlElement) => {
      for (const node of elementsOf(parent)) {
        if (node.local === 'value') found.push(textOf(node).trim())
        else if (node.local !== 'ref') walk(node)
        else if (!visited.has(attributeText(node, 'name'))) {
          visited.add(attributeText(node, 'name'))
          for (const define of this.#defines.get(attributeText(node, 'name')) ?? []) walk(define)
        }
      }
    }
    walk(attribute)
    return found
  }
}

function collectDefines(parent: XmlElement, defines: Map<string, XmlElement[]>, include: (name: string) => void): void {
  for (const node of elementsOf(parent)) {
    if (node.local === 'include') include(attributeText(node, 'href'))
    if (node.local === 'include' || node.local === 'div') collectDefines(node, defines, include)
    if (node.local !== 'define') continue
    const same = defines.get(attributeText(node, 'name'))
    if (same === undefined) defines.set(attributeText(node, 'name'), [node])
    else same.push(node)
  }
}

function add<T>(map: Map<string, Set<T>>, name: string, values: readonly T[]): void {
  const known = map.get(name)
  if (known === undefined) map.set(name, new Set(values))
  else for (const value of values) known.add(value)
}

const attributeText = (node: XmlElement, name: string) => attributeOf(node, name)?.value.trim() ?? ''

/** The names of an element or attribute pattern; a name class that takes any name has none. */
function namesOf(node: XmlElement): string[] {
  const written = attributeText(node, 'name')
  if (written !== '') return [written]
  const [first] = elementsOf(node)
  if (first?.local === 'name') return [textOf(first).trim()]
  if (first?.local !== 'choice') return []
  return elementsOf(first).flatMap((name) => (name.local === 'name' ? [textOf(name).trim()] : []))
}
