import type { Attributes, Child, Element, Shape } from './description.ts'
import { docOf } from './field.ts'

export interface MarkdownOptions {
  /** Heading level of the element itself; its children go one deeper. */
  readonly level?: number
  /** Elements that stand on another page: their name links to it. */
  readonly pages?: ReadonlyMap<Element<object>, string>
}

/**
 * An element's page: a table of its attributes, a section for each child element, what depends on a choice apart. An
 * element that comes again is described once.
 */
export function markdown<T extends object>(element: Element<T>, options: MarkdownOptions = {}): string {
  return new Page(options).element(element as Element<object>, element.name, options.level ?? 1).join('\n')
}

const headingOf = (path: string) => `<${path.split('/').join('>/<')}>`

/** What a heading is called in a link: as forges make it of the heading's text. */
export class Anchors {
  readonly #taken = new Map<string, number>()

  /** The anchor of the next heading of this path. */
  next(path: string): string {
    const slug = headingOf(path)
      .toLowerCase()
      .replace(/[^a-z0-9_ -]/g, '')
    const count = this.#taken.get(slug) ?? 0
    this.#taken.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  }
}

const escapePipes = (text: string) => text.replaceAll('|', '\\|')

class Page {
  readonly #pages: ReadonlyMap<Element<object>, string>
  readonly #anchors = new Anchors()
  /** Anchors of the elements that stand on this page so far, or are being written. */
  readonly #described = new Map<Element<object>, string>()

  constructor(options: MarkdownOptions) {
    this.#pages = options.pages ?? new Map()
  }

  element(element: Element<object>, path: string, level: number): string[] {
    const heading = `${'#'.repeat(Math.min(level, 6))} \`${headingOf(path)}\``
    this.#described.set(element, this.#anchors.next(path))
    const out = [heading, '', element.doc, '', ...this.#shape(element.shape, path, level)]
    const { unbuilt } = element.options
    const missing = [
      ...(unbuilt?.attributes ?? []).map((name) => `\`${name}\``),
      ...(unbuilt?.children ?? []).map((name) => `\`<${name}>\``),
    ]
    if (missing.length > 0) out.push(`Not built yet, refused: ${missing.join(', ')}.`, '')
    return out
  }

  #shape(shape: Shape, path: string, level: number): string[] {
    const out = this.#attributes(shape.attributes ?? {})
    if (shape.value) out.push(`Text: ${shape.value.doc}.`, '')
    const simple: string[] = []
    const nested: string[] = []
    for (const [key, field] of Object.entries(shape.children ?? {})) {
      if (field.kind === 'choice') {
        nested.push(...this.#variants(field, path, level))
      } else this.#child(key, field, path, level, simple, nested)
    }
    if (simple.length > 0) out.push('| element | value | |', '| --- | --- | --- |', ...simple, '')
    return [...out, ...nested]
  }

  /** What depends on the value of an attribute, once for all values of which the same is to say. */
  #variants(field: Extract<Child, { kind: 'choice' }>, path: string, level: number): string[] {
    const values = new Map<string, string[]>()
    for (const [value, variant] of Object.entries(field.variants)) {
      const text = this.#shape(variant, path, level).join('\n')
      if (text !== '') values.set(text, [...(values.get(text) ?? []), `\`${value}\``])
    }
    return [...values].flatMap(([text, names]) => [`**Where \`${field.by}\` is ${names.join(', ')}:**`, '', text])
  }

  #child(
    key: string,
    field: Exclude<Child, { kind: 'choice' }>,
    path: string,
    level: number,
    simple: string[],
    nested: string[],
  ): void {
    const name = field.name ?? key
    const row = (value: string) =>
      simple.push(`| \`<${name}>\` | ${escapePipes(value)} | ${escapePipes(docOf(field) ?? '')} |`)
    switch (field.kind) {
      case 'child':
      case 'many': {
        const element = field.element()
        const page = this.#pages.get(element)
        const above = this.#described.get(element)
        if (page !== undefined) row(`see [${element.name}](${page})`)
        else if (above !== undefined) row(`see [above](#${above})`)
        else nested.push(...this.element(element, `${path}/${name}`, level + 1))
        return
      }
      case 'text':
        row(field.scalar.doc)
        return
      case 'texts':
        row(`${field.scalar.doc}; any number of times`)
        return
      case 'flag':
        row('present or absent')
        return
      case 'raw':
        row('kept as it is')
    }
  }

  #attributes(attributes: Attributes): string[] {
    const rows = Object.entries(attributes).map(([key, field]) => {
      const name = `\`${field.name ?? key}\``
      if (field.kind === 'derived') return `| ${name} | printed only | | ${escapePipes(docOf(field) ?? '')} |`
      const presence =
        field.presence === 'default' ? `default \`${field.scalar.format(field.fallback)}\`` : field.presence
      return `| ${name} | ${escapePipes(field.scalar.doc)} | ${presence} | ${escapePipes(docOf(field) ?? '')} |`
    })
    return rows.length === 0 ? [] : ['| attribute | value | | |', '| --- | --- | --- | --- |', ...rows, '']
  }
}
