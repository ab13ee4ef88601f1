import { escapeXml } from '../xml/escape.ts'
import { attributeOf, XmlWriter } from '../xml/write.ts'
import { variantOf } from './compile-shape.ts'
import type { CompiledChild, CompiledShape, Element, ElementOptions, PrintedAttribute } from './description.ts'
import type { Since } from './scalar.ts'

type Fields = { readonly [key: string]: unknown }

/** Prints one element into a writer, under `name` (its own name where none is given). */
export function formatElement<T extends object>(element: Element<T>, value: T, writer: XmlWriter, name?: string): void {
  const { shape, options } = element.compiled()
  const fields = value as Fields
  const variant = variantOf(shape, fields)
  const { omitWhere, omitEmpty, alwaysOpen, namespace } = options
  if (omitWhere?.(fields)) return
  if (omitEmpty && isEmpty(shape, fields) && (!variant || isEmpty(variant, fields))) return
  const plain = name ?? element.name
  writer.open(namespace ? `${namespace.prefix}:${plain}` : plain)
  const { eachPrinted, eachChild } = variant ?? shape
  eachPrinted.now(fields, writeAttribute, writer)
  if (shape.value !== undefined && fields.value !== undefined && !hasChildren(shape, variant, fields)) {
    writer.text(shape.value.format(fields.value))
  }
  if (alwaysOpen !== undefined && staysOpen(alwaysOpen, fields, writer)) writer.body()
  eachChild.now(fields, writeChild, writer)
  writer.close()
}

function staysOpen(open: NonNullable<ElementOptions['alwaysOpen']>, fields: Fields, writer: XmlWriter): boolean {
  if (typeof open === 'function') return open(fields)
  return typeof open === 'object' ? !writer.knows(open.until) : open
}

/** One element as a document of its own. @param knows what the one who prints it knows; all where absent */
export function formatDocument<T extends object>(
  element: Element<T>,
  value: T,
  knows?: (since: Since) => boolean,
): string {
  const writer = new XmlWriter(knows as ((since: string) => boolean) | undefined)
  formatElement(element, value, writer)
  return writer.toString()
}

/** @param value of the attribute's field, or the whole element where it is derived */
function textOf({ field }: PrintedAttribute, value: unknown): string | undefined {
  if (field.kind === 'derived') return field.derive(value as Fields)
  return value === undefined || field.omit?.(value) ? undefined : field.scalar.format(value)
}

function writeAttribute(attribute: PrintedAttribute, value: unknown, writer: XmlWriter): void {
  const { start, field, isPlain, printedWords } = attribute
  if (printedWords !== undefined) {
    writer.made(printedWords.get(value) ?? printedWord(attribute, printedWords, value))
    return
  }
  if (field.kind === 'derived' && field.since !== undefined && !writer.knows(field.since)) return
  const text = textOf(attribute, value)
  if (text !== undefined) writer.made(attributeOf(start, isPlain ? text : escapeXml(text)))
}

/** Nothing where the value is one that is not printed. */
function printedWord(attribute: PrintedAttribute, known: Map<unknown, string>, value: unknown): string {
  const text = textOf(attribute, value)
  const made = text === undefined ? '' : attributeOf(attribute.start, text)
  known.set(value, made)
  return made
}

function writeChild({ name, field, isPlain }: CompiledChild, value: unknown, writer: XmlWriter): void {
  switch (field.kind) {
    case 'child':
      formatElement(field.element(), value as object, writer, name)
      return
    case 'many':
      for (const item of value as readonly object[]) formatElement(field.element(), item, writer, name)
      return
    case 'text':
      writeText(name, field.scalar.format(value), isPlain, writer)
      return
    case 'texts':
      for (const item of value as readonly unknown[]) writeText(name, field.scalar.format(item), isPlain, writer)
      return
    case 'flag':
      writer.open(name)
      writer.close()
      return
    case 'raw':
      writer.raw(value as Parameters<XmlWriter['raw']>[0])
  }
}

function writeText(name: string, text: string, isPlain: boolean, writer: XmlWriter): void {
  writer.open(name)
  if (text !== '') writer.madeText(isPlain ? text : escapeXml(text))
  writer.close()
}

/** An element that may hold text or children prints its children where it has both. */
function hasChildren(own: CompiledShape, variant: CompiledShape | undefined, fields: Fields): boolean {
  const inShape = ({ before, after }: CompiledShape) => hasFilled(before, fields) || hasFilled(after, fields)
  return inShape(own) || (variant !== undefined && inShape(variant))
}

function hasFilled(children: readonly CompiledChild[], fields: Fields): boolean {
  return children.some((child) => !childIsEmpty(child, fields[child.key]))
}

function isEmpty(shape: CompiledShape, fields: Fields): boolean {
  if (shape.value !== undefined && fields.value !== undefined) return false
  const prints = (attribute: PrintedAttribute) =>
    textOf(attribute, attribute.field.kind === 'derived' ? fields : fields[attribute.key]) !== undefined
  if (shape.printed.some(prints)) return false
  return !hasFilled(shape.before, fields) && !hasFilled(shape.after, fields)
}

function childIsEmpty({ field }: CompiledChild, value: unknown): boolean {
  if (value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  if (field.kind !== 'child') return false
  const { shape, options } = field.element().compiled()
  if (!options.omitEmpty) return false
  const fields = value as Fields
  const variant = variantOf(shape, fields)
  return isEmpty(shape, fields) && (!variant || isEmpty(variant, fields))
}
