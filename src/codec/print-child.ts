import { escapeXml } from '../xml/escape.ts'
import { printSubtree } from '../xml/subtree.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { CompiledChild, Form } from './description.ts'
import { printElement } from './print-element.ts'
import { asItStands } from './scalar.ts'
import { emptyEnd, type Tag, textStart } from './tag.ts'

type Fields = { readonly [key: string]: unknown }

/** What a field of children prints, each on lines of its own. @param value of the field */
export function printChild(child: CompiledChild, value: unknown, form: Form, depth: number): string {
  const { field } = child
  switch (field.kind) {
    case 'child':
      return printElement(field.element().compiled().shape, child.tag(), value as Fields, form, depth)
    case 'many': {
      const { shape } = field.element().compiled()
      return joined(value as readonly Fields[], (item) => printElement(shape, child.tag(), item, form, depth))
    }
    case 'text':
      return printLine(child.tag(), escaped(child, field.scalar.format(value)), depth)
    case 'texts':
      return joined(value as readonly unknown[], (item) =>
        printLine(child.tag(), escaped(child, field.scalar.format(item)), depth),
      )
    case 'flag':
      return child.tag().start(depth) + emptyEnd
    case 'raw':
      return `${'  '.repeat(depth)}${printSubtree(value as XmlElement, depth)}\n`
  }
}

const joined = <T>(items: readonly T[], print: (item: T) => string): string => items.map(print).join('')

const escaped = ({ isPlain }: CompiledChild, text: string) => (isPlain ? text : escapeXml(text))

/** An element that holds a text, if that is not empty. */
export const printLine = (tag: Tag, escaped: string, depth: number): string =>
  escaped.length === 0 ? tag.start(depth) + emptyEnd : tag.start(depth) + textStart + escaped + tag.close

/** Code that looks up what is the same each time; `child` is what it calls the description. */
export function childNames({ field }: CompiledChild, child: string): string {
  switch (field.kind) {
    case 'child':
    case 'many':
      return `const ${child}Shape = ${child}.field.element().compiled().shape, ${child}Tag = ${child}.tag()`
    case 'text':
      return `const ${child}Format = ${child}.field.scalar.format, ${child}Tag = ${child}.tag()`
    default:
      return ''
  }
}

/** Code that adds to `inside` what {@link printChild} gives. */
export function childCode(described: CompiledChild, child: string): string {
  return `if ((value = fields[${JSON.stringify(described.key)}]) !== undefined) ${addition(described, child)}`
}

function addition({ field, isPlain }: CompiledChild, child: string): string {
  const element = (value: string) => `inside += printElement(${child}Shape, ${child}Tag, ${value}, form, depth + 1)`
  switch (field.kind) {
    case 'child':
      return element('value')
    case 'many':
      return `for (let at = 0; at < value.length; at++) ${element('value[at]')}`
    case 'text': {
      const text = field.scalar.format === asItStands ? 'value' : `${child}Format(value)`
      return `inside += printLine(${child}Tag, ${isPlain ? text : `escapeXml(${text})`}, depth + 1)`
    }
    default:
      return `inside += printChild(${child}, value, form, depth + 1)`
  }
}
