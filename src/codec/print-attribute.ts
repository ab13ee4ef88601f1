import { escapeXml } from '../xml/escape.ts'
import type { Form, PrintedAttribute } from './description.ts'
import { asItStands } from './scalar.ts'

type Fields = { readonly [key: string]: unknown }

// Joined by `+`, for a template asks of each of its parts whether it is a text.
const quote = "'"

/** All of an attribute that comes before its value. */
export const attributeStart = (name: string): string => ` ${name}='`

/** An attribute as it stands in its tag, behind a space; nothing where it is not printed. */
export function printAttribute(attribute: PrintedAttribute, fields: Fields, form: Form): string {
  const { key, field } = attribute
  if (field.kind === 'attribute') return fields[key] === undefined ? '' : printValue(attribute, fields[key])
  if (field.since !== undefined && !form.knows(field.since)) return ''
  const text = field.derive(fields)
  return text === undefined ? '' : made(attribute, text)
}

/** The same of a value that its field has. */
export function printValue(attribute: PrintedAttribute, value: unknown): string {
  return attribute.printedWords?.get(value) ?? firstPrinted(attribute, value)
}

function firstPrinted(attribute: PrintedAttribute, value: unknown): string {
  const { field, printedWords } = attribute
  const isOut = field.kind === 'derived' || field.omit?.(value) === true
  const printed = isOut ? '' : made(attribute, field.scalar.format(value))
  printedWords?.set(value, printed)
  return printed
}

const made = ({ start, isPlain }: PrintedAttribute, text: string) => start + (isPlain ? text : escapeXml(text)) + quote

/** Code that adds to `out` what {@link printAttribute} gives; `attribute` is what it calls the description. */
export function attributeCode({ key, field, start, isPlain }: PrintedAttribute, attribute: string): string {
  if (field.kind === 'derived') return `out += printAttribute(${attribute}, fields, form)`
  const text = isPlain ? 'value' : 'escapeXml(value)'
  const isAsItStands = field.omit === undefined && field.scalar.format === asItStands
  // One call for three texts: code that is seldom at hand in a processor costs by its length.
  const printed = isAsItStands
    ? `out.concat(${JSON.stringify(start)}, ${text}, "'")`
    : `out + printValue(${attribute}, value)`
  // Looked up by its name in code, a field is found at once; by one key after another, through a table of all objects.
  return `if ((value = fields[${JSON.stringify(key)}]) !== undefined) out = ${printed}`
}
