import type { Attributes, Child, Element, Shape } from './element.ts'
import { docOf } from './field.ts'

export interface MarkdownOptions {
  /** Heading level of the element itself; its children go one deeper. */
  readonly level?: number
  /** Elements that have a page of their own: their name links to it. */
  readonly pages?: ReadonlyMap<Element<object>, string>
}

/** An element's page: a table of its attributes, a section for each child element, what depends on a choice apart. */
export function markdown<T extends object>(element: Element<T>, options: MarkdownOptions = {}): string {
  return new Page(options).element(element as Element<object>, element.name, options.level ?? 1, new Set()).join('\n')
}

const escapePipes = (text: string) => text.replaceAll('|', '\\|')

class Page {
  readonly #pages: ReadonlyMap<Element<object>, string>

  constructor(options: MarkdownOptions) {
    this.#pages = options.pages ?? new Map()
  }

  element(element: Element<object>, path: string, level: number, open: ReadonlySet<Element<object>>): string[] {
    const heading = `${'#'.repeat(Math.min(level, 6))} \`<${path.split('/').join('>/<')}>\``
    const out = [heading, '', element.doc, '', ...this.#shape(element.shape, path, level, new Set([...open, element]))]
    const { unbuilt } = element.options
    const missing = [
      ...(unbuilt?.attributes ?? []).map((name) => `\`${name}\``),
      ...(unbuilt?.children ?? []).map((name) => `\`<${name}>\``),
    ]
    if (missing.length > 0) out.push(`Not built yet, refused: ${missing.join(', ')}.`, '')
    return out
  }

  #shape(shape: Shape, path: string, level: number, open: ReadonlySet<Element<object>>): string[] {
    const out = this.#attributes(shape.attributes ?? {})
    if (shape.value) out.push(`Text: ${shape.value.doc}.`, '')
    const simple: string[] = []
    const nested: string[] = []
    for (const [key, field] of Object.entries(shape.children ?? {})) {
      if (field.kind === 'choice') {
        for (const [value, variant] of Object.entries(field.variants)) {
          if (Object.keys(variant.attributes ?? {}).length + Object.keys(variant.children ?? {}).length === 0) continue
          nested.push(`**Where \`${field.by}\` is \`${value}\`:**`, '', ...this.#shape(variant, path, level, open))
        }
      } else this.#child(key, field, path, level, open, simple, nested)
    }
    if (simple.length > 0) out.push('| element | value | |', '| --- | --- | --- |', ...simple, '')
    return [...out, ...nested]
  }

  #child(
    key: string,
    field: Exclude<Child, { kind: 'choice' }>,
    path: string,
    level: number,
    open: ReadonlySet<Element<object>>,
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
        if (page !== undefined) row(`see [${element.name}](${page})`)
        else if (open.has(element)) row('the same again')
        else nested.push(...this.element(element, `${path}/${name}`, level + 1, open))
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
        return
      case 'custom':
        row('see the text')
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
