import { XmlWriter } from '../xml/write.ts'
import type { CompiledChild, CompiledShape, Element, ElementOptions, PrintedAttribute } from './description.ts'
import type { Since } from './scalar.ts'

type Fields = { readonly [key: string]: unknown }

/** Prints one element into a writer, under `name` (its own name where none is given). */
export function formatElement<T extends object>(element: Element<T>, value: T, writer: XmlWriter, name?: string): void {
  const compiled = element.compiled()
  const fields = value as Fields
  const variant = variantOf(compiled, fields)
  const { omitWhere, omitEmpty, alwaysOpen, namespace } = compiled.options
  if (omitWhere?.(fields)) return
  if (omitEmpty && isEmpty(compiled, fields) && (!variant || isEmpty(variant, fields))) return
  const plain = name ?? element.name
  writer.open(namespace ? `${namespace.prefix}:${plain}` : plain)
  writeAttributes(compiled, fields, writer)
  if (variant) writeAttributes(variant, fields, writer)
  if (compiled.value !== undefined && fields.value !== undefined && !hasChildren(compiled, variant, fields)) {
    writer.text(compiled.value.format(fields.value))
  }
  if (alwaysOpen !== undefined && staysOpen(alwaysOpen, fields, writer)) writer.body()
  writeChildren(compiled.before, fields, writer)
  if (variant) {
    writeChildren(variant.before, fields, writer)
    writeChildren(variant.after, fields, writer)
  }
  writeChildren(compiled.after, fields, writer)
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

function variantOf(shape: CompiledShape, fields: Fields): CompiledShape | undefined {
  return shape.choice?.variants.get(String(fields[shape.choice.by]))
}

function attributeText({ key, field }: PrintedAttribute, fields: Fields): string | undefined {
  if (field.kind === 'derived') return field.derive(fields)
  const value = fields[key]
  return value === undefined || field.omit?.(value) ? undefined : field.scalar.format(value)
}

function writeAttributes(shape: CompiledShape, fields: Fields, writer: XmlWriter): void {
  for (const attribute of shape.printed) {
    const { kind, since } = attribute.field
    if (kind === 'derived' && since !== undefined && !writer.knows(since)) continue
    const text = attributeText(attribute, fields)
    if (text !== undefined) writer.attribute(attribute.name, text)
  }
}

function writeChildren(children: readonly CompiledChild[], fields: Fields, writer: XmlWriter): void {
  for (const child of children) writeChild(child, fields, writer)
}

function writeChild({ key, name, field }: CompiledChild, fields: Fields, writer: XmlWriter): void {
  const value = fields[key]
  if (value === undefined) return
  switch (field.kind) {
    case 'child':
      formatElement(field.element(), value as object, writer, name)
      return
    case 'many':
      for (const item of value as readonly object[]) formatElement(field.element(), item, writer, name)
      return
    case 'text':
      writeText(name, field.scalar.format(value), writer)
      return
    case 'texts':
      for (const item of value as readonly unknown[]) writeText(name, field.scalar.format(item), writer)
      return
    case 'flag':
      writer.open(name)
      writer.close()
      return
    case 'raw':
      writer.raw(value as Parameters<XmlWriter['raw']>[0])
  }
}

function writeText(name: string, text: string, writer: XmlWriter): void {
  writer.open(name)
  if (text !== '') writer.text(text)
  writer.close()
}

/** An element that may hold text or children prints its children where it has both. */
function hasChildren(compiled: CompiledShape, variant: CompiledShape | undefined, fields: Fields): boolean {
  const inShape = ({ before, after }: CompiledShape) => hasFilled(before, fields) || hasFilled(after, fields)
  return inShape(compiled) || (variant !== undefined && inShape(variant))
}

function hasFilled(children: readonly CompiledChild[], fields: Fields): boolean {
  return children.some((child) => !childIsEmpty(child, fields[child.key]))
}

function isEmpty(shape: CompiledShape, fields: Fields): boolean {
  if (shape.value !== undefined && fields.value !== undefined) return false
  if (shape.printed.some((attribute) => attributeText(attribute, fields) !== undefined)) return false
  return !hasFilled(shape.before, fields) && !hasFilled(shape.after, fields)
}

function childIsEmpty({ field }: CompiledChild, value: unknown): boolean {
  if (value === undefined) return true
  if (Array.isArray(value)) return value.length === 0
  if (field.kind !== 'child') return false
  const compiled = field.element().compiled()
  if (!compiled.options.omitEmpty) return false
  const fields = value as Fields
  const variant = variantOf(compiled, fields)
  return isEmpty(compiled, fields) && (!variant || isEmpty(variant, fields))
}
