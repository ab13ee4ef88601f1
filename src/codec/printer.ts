import { escapeXml } from '../xml/escape.ts'
import type { CompiledChild, ElementOptions, Form, Print, PrintedAttribute } from './description.ts'
import { oftenGenerated } from './generated.ts'
import { attributeCode, printAttribute, printValue } from './print-attribute.ts'
import { childCode, childNames, printChild, printLine } from './print-child.ts'
import { printElement } from './print-element.ts'
import type { Scalar } from './scalar.ts'
import { bodyStart, emptyEnd, textStart } from './tag.ts'

type Fields = { readonly [key: string]: unknown }

/** What an object prints, in order: that of a variant, with what it has of the element. */
export interface Printable {
  readonly attributes: readonly PrintedAttribute[]
  readonly children: readonly CompiledChild[]
  readonly value: Scalar<unknown> | undefined
  readonly options: ElementOptions
}

/** By tables at first, later as code: see {@link oftenGenerated}. */
export function printOf(printable: Printable): Print {
  const { attributes, children, value: text, options } = printable
  return oftenGenerated<Parameters<Print['now']>, string>(
    (fields, tag, form, depth) => {
      if (options.omitWhere?.(fields)) return ''
      let out = ''
      for (const attribute of attributes) out += printAttribute(attribute, fields, form)
      let inside = ''
      for (const child of children) {
        const value = fields[child.key]
        if (value !== undefined) inside += printChild(child, value, form, depth + 1)
      }
      if (inside !== '') return tag.start(depth) + out + bodyStart + inside + tag.end(depth)
      if (text !== undefined && fields.value !== undefined) {
        return tag.start(depth) + out + textStart + escapeXml(text.format(fields.value)) + tag.close
      }
      if (options.omitEmpty && out === '' && !isHeld(children, fields)) return ''
      return tag.start(depth) + out + (staysOpen(options, fields, form) ? bodyStart + tag.end(depth) : emptyEnd)
    },
    {
      names: ['known', ...attributes.map((_, at) => `a${at}`), ...children.map((_, at) => `c${at}`)],
      given: [{ options, text, children, ...called }, ...attributes, ...children],
      body: () => body(printable),
    },
  )
}

function staysOpen({ alwaysOpen }: ElementOptions, fields: Fields, form: Form): boolean {
  if (typeof alwaysOpen === 'function') return alwaysOpen(fields)
  return typeof alwaysOpen === 'object' ? !form.knows(alwaysOpen.until) : alwaysOpen === true
}

/** An element is not empty where it has a child, even one that is not printed for what it holds. */
function isHeld(children: readonly CompiledChild[], fields: Fields): boolean {
  return children.some(
    ({ key, field }) => field.kind === 'child' && fields[key] !== undefined && field.element().options.omitWhere,
  )
}

/** What the code calls. */
const called = { escapeXml, isHeld, printAttribute, printChild, printElement, printLine, printValue, staysOpen }

/** The same as code: what an element cannot have is not asked for. */
function body({ attributes, children, value: text, options }: Printable): string {
  const when = (condition: unknown, code: string) => (condition ? [code] : [])
  return [
    `const { ${Object.keys(called).join(', ')}, options, text, children } = known`,
    ...children.map((child, at) => childNames(child, `c${at}`)),
    'return (fields, tag, form, depth) => { let value',
    ...when(options.omitWhere, "if (options.omitWhere(fields)) return ''"),
    "let out = ''",
    ...attributes.map((attribute, at) => attributeCode(attribute, `a${at}`)),
    ...when(children.length > 0, "let inside = ''"),
    ...children.map((child, at) => childCode(child, `c${at}`)),
    ...when(
      children.length > 0,
      "if (inside.length > 0) return tag.start(depth) + out + '>\\n' + inside + tag.end(depth)",
    ),
    ...when(
      text,
      "if ((value = fields.value) !== undefined) return tag.start(depth) + out + '>' + escapeXml(text.format(value)) + tag.close",
    ),
    ...when(options.omitEmpty, "if (out.length === 0 && !isHeld(children, fields)) return ''"),
    ...when(
      options.alwaysOpen,
      "if (staysOpen(options, fields, form)) return tag.start(depth) + out + '>\\n' + tag.end(depth)",
    ),
    "return tag.start(depth) + out + '/>\\n' }",
  ].join('\n')
}
