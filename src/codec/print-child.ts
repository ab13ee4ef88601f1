import { escapeXml } from '../xml/escape.ts'
import { printSubtree } from '../xml/subtree.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { CompiledChild, Element, Form } from './description.ts'
import { printElement } from './print-element.ts'
import { asItStands } from './scalar.ts'
import { emptyEnd, type Tag, textStart } from './tag.ts'

type Fields = { readonly [key: string]: unknown }

/** `out`, and behind it what a field of children prints, each on lines of its own. @param value of the field */
export function printChild(out: string, child: CompiledChild, value: unknown, form: Form, depth: number): string {
  const { field } = child
  switch (field.kind) {
    case 'child':
      return printElement(out, field.element().compiled().shape, child.tag(), value as Fields, form, depth)
    case 'many': {
      const { shape } = field.element().compiled()
      return joined(out, value as readonly Fields[], (before, item) =>
        printElement(before, shape, child.tag(), item, form, depth),
      )
    }
    case 'text':
      return printLine(out, child.tag(), escaped(child, field.scalar.format(value)), depth)
    case 'texts':
      return joined(out, value as readonly unknown[], (before, item) =>
        printLine(before, child.tag(), escaped(child, field.scalar.format(item)), depth),
      )
    case 'flag':
      return out + child.tag().start(depth) + emptyEnd
    case 'raw':
      return `${out}${'  '.repeat(depth)}${printSubtree(value as XmlElement, depth)}\n`
  }
}

const joined = <T>(out: string, items: readonly T[], print: (out: string, item: T) => string): string =>
  items.reduce(print, out)

const escaped = ({ isPlain }: CompiledChild, text: string) => (isPlain ? text : escapeXml(text))

/** `out`, and behind it an element that holds a text, if that is not empty. */
export const printLine = (out: string, tag: Tag, escaped: string, depth: number): string =>
  escaped.length === 0 ? out + tag.start(depth) + emptyEnd : out + tag.start(depth) + textStart + escaped + tag.close

/** Code that looks up what is the same each time; `child` is what it calls the description. */
export function childNames({ field }: CompiledChild, child: string): string {
  switch (field.kind) {
    case 'child':
    case 'many':
      return `const ${child}Shape = ${child}.field.element().compiled().shape, ${child}Print = ${child}Shape.print, ${child}Tag = ${child}.tag()`
    case 'text':
      return `const ${child}Format = ${child}.field.scalar.format, ${child}Tag = ${child}.tag()`
    default:
      return ''
  }
}

/** Code that adds to `full` what {@link printChild} gives. */
export function childCode(described: CompiledChild, child: string): string {
  return `if ((value = fields[${JSON.stringify(described.key)}]) !== undefined) ${addition(described, child)}`
}

function addition({ field, isPlain }: CompiledChild, child: string): string {
  switch (field.kind) {
    case 'child':
      return elementCode(field.element(), child, 'value')
    case 'many':
      return `for (let at = 0; at < value.length; at++) ${elementCode(field.element(), child, 'value[at]')}`
    case 'text': {
      const text = field.scalar.format === asItStands ? 'value' : `${child}Format(value)`
      return `full = printLine(full, ${child}Tag, ${isPlain ? text : `escapeXml(${text})`}, depth + 1)`
    }
    default:
      return `full = printChild(full, ${child}, value, form, depth + 1)`
  }
}

/** Only an element with variants asks which one an object is. */
function elementCode(element: Element<object>, child: string, value: string): string {
  return element.compiled().shape.choice === undefined
    ? `full = ${child}Print.now(full, ${value}, ${child}Tag, form, depth + 1)`
    : `full = printElement(full, ${child}Shape, ${child}Tag, ${value}, form, depth + 1)`
}
