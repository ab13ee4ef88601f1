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
    (before, fields, tag, form, depth) => {
      if (options.omitWhere?.(fields)) return before
      let out = before + tag.start(depth)
      const bare = out.length
      for (const attribute of attributes) out += printAttribute(attribute, fields, form)
      const open = out + bodyStart
      let full = open
      for (const child of children) {
        const value = fields[child.key]
        if (value !== undefined) full = printChild(full, child, value, form, depth + 1)
      }
      if (full.length > open.length) return full + tag.end(depth)
      if (text !== undefined && fields.value !== undefined) {
        return out + textStart + escapeXml(text.format(fields.value)) + tag.close
      }
      if (options.omitEmpty && out.length === bare && !isHeld(children, fields)) return before
      return staysOpen(options, fields, form) ? open + tag.end(depth) : out + emptyEnd
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
    'return (before, fields, tag, form, depth) => { let value',
    ...when(options.omitWhere, 'if (options.omitWhere(fields)) return before'),
    'let out = before + tag.start(depth)',
    ...when(options.omitEmpty, 'const bare = out.length'),
    ...attributes.map((attribute, at) => attributeCode(attribute, `a${at}`)),
    ...when(children.length > 0, "let full = out + '>\\n'; const open = full.length"),
    ...children.map((child, at) => childCode(child, `c${at}`)),
    ...when(children.length > 0, 'if (full.length > open) return full + tag.end(depth)'),
    ...when(
      text,
      "if ((value = fields.value) !== undefined) return out + '>' + escapeXml(text.format(value)) + tag.close",
    ),
    ...when(options.omitEmpty, 'if (out.length === bare && !isHeld(children, fields)) return before'),
    ...when(options.alwaysOpen, "if (staysOpen(options, fields, form)) return out + '>\\n' + tag.end(depth)"),
    "return out + '/>\\n' }",
  ].join('\n')
}
