import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Origins } from '../origin/origin.ts'
import { own } from '../own.ts'
import {
  elementsOf,
  pathOf,
  textOf,
  textsOf,
  withContent,
  type XmlAttribute,
  type XmlElement,
  type XmlNode,
} from '../xml/tree.ts'
import { childKey } from './compile-child.ts'
import type {
  AttributeField,
  ChildField,
  Compiled,
  CompiledChild,
  CompiledShape,
  Element,
  FieldOptions,
} from './description.ts'
import * as finding from './findings.ts'
import { isProblem, type Problem, type Scalar, type Since } from './scalar.ts'
import { variantOf } from './variant.ts'

export interface ReadContext {
  readonly origins: Origins
  /** @param meant true where the value that was meant stands in the definition in place of the one that cannot be read */
  report(diagnostic: Diagnostic, meant?: boolean): void
  /** Where an element of this name may stand: names of parents. Nobody is asked where it is absent. */
  readonly parentsOf?: ((local: string) => readonly string[]) | undefined
  /** Which dated parts of the description are read; all where absent. */
  readonly vocabulary?: Vocabulary | undefined
  /** Hears of spellings that are read, but have a better one; nobody asks where it is absent. */
  readonly advise?: ((diagnostic: Diagnostic) => void) | undefined
}

/** Tells what of a description the reader knows: the codec itself does not know what a date means. */
export interface Vocabulary {
  /** Who reads, for messages: "libvirt 10.1". */
  readonly reader: string
  knows(since: Since): boolean
}

/** Reads one element. Every finding is reported; a field that cannot be read is left absent. */
export function parseElement<T extends object>(element: Element<T>, node: XmlElement, context: ReadContext): T {
  return read(element.compiled(), node, context) as T
}

function read(compiled: Compiled, original: XmlElement, context: ReadContext): object {
  const { shape, options } = compiled
  const { legacy } = options
  const node = legacy ? legacy(original) : original
  const target = shape.blank.make.now()
  forgetNewer(shape, target, context)
  context.origins.parsed(target, node, compiled.names)
  let later: XmlAttribute[] | undefined
  for (const attribute of node.attributes) {
    if (!readAttribute(shape, target, attribute, node, context)) {
      later ??= []
      later.push(attribute)
    }
  }
  const variant = variantOf(shape, target)
  if (variant) {
    variant.blank.fill.now(target)
    forgetNewer(variant, target, context)
  }
  if (later) for (const attribute of later) readLeftOver(compiled, variant, target, attribute, node, context)
  readChildren(compiled, variant, target, node, context)
  checkRequired(shape, node, target, context)
  if (variant) checkRequired(variant, node, target, context)
  options.settle?.({
    fields: target,
    node,
    knows: (since) => strange(since, context) === undefined,
    error: (found) => context.report(finding.settled(node, found)),
  })
  return target
}

/** The newer vocabulary that a reader does not have: undefined where it knows what has that date. */
function strange(since: Since | undefined, { vocabulary }: ReadContext): Vocabulary | undefined {
  return since === undefined || vocabulary === undefined || vocabulary.knows(since) ? undefined : vocabulary
}

/** An older reader fills no default of an attribute that it does not know. */
function forgetNewer(shape: CompiledShape, target: Record<string, unknown>, context: ReadContext): void {
  for (const { key, field } of shape.datedDefaults) if (strange(field.since, context)) target[key] = undefined
}

function readAttribute(
  shape: CompiledShape,
  target: Record<string, unknown>,
  attribute: XmlAttribute,
  node: XmlElement,
  context: ReadContext,
): boolean {
  const known = shape.attributes.get(attribute.name)
  if (known === undefined) return false
  const { since } = known.field
  const older = strange(since, context)
  if (older && since !== undefined) {
    const place = { span: attribute.nameSpan, path: `${pathOf(node)}/@${attribute.name}` }
    context.report(finding.newerAttribute(node, attribute.name, since, older.reader, place))
    return true
  }
  if (isAbsent(attribute.value, known.field)) return true
  if (known.field.scalar.secret) context.origins.secrets.push(attribute.valueSpan)
  const value = readScalar(known.field.scalar, attribute.value, context)
  if (isProblem(value)) {
    const place = { span: attribute.valueSpan, path: `${pathOf(node)}/@${attribute.name}` }
    const what = `attribute ${attribute.name} of <${node.name}>`
    const meant = meantValue(known.field.scalar, value, context)
    const found = finding.invalid(what, attribute.value, value, known.field, known.field.scalar, place)
    context.report(found, meant !== undefined)
    if (meant !== undefined) target[known.key] = meant
  } else if (value !== undefined) {
    target[known.key] = value
    if (context.advise && known.field.scalar.spelling) {
      const path = `${pathOf(node)}/@${attribute.name}`
      finding.advice(known.field.scalar, attribute.value, { span: attribute.valueSpan, path }, context.advise)
    }
  }
  return true
}

/** An empty text is an absent one; an empty number, word or switch is one that cannot be read. */
function isAbsent(raw: string, { keepsEmpty, scalar }: AttributeField<unknown>): boolean {
  return raw === '' && !keepsEmpty && (scalar.emptyIsAbsent === true || scalar.schema.type === 'string')
}

/** Reads a value; one that is newer than the reader is none for it. */
function readScalar(scalar: Scalar<unknown>, raw: string, context: ReadContext): unknown {
  const since = scalar.newer && own(scalar.newer, raw)
  const older = strange(since, context)
  if (older && since !== undefined) return finding.newerValue(since, older.reader)
  const { stricter } = scalar
  return stricter && strange(stricter.since, context) === undefined ? stricter.parse(raw) : scalar.parse(raw)
}

/** The value that was certainly meant: reading goes on with it, so that its error hides no other. */
function meantValue(scalar: Scalar<unknown>, { meant }: Problem, context: ReadContext): unknown {
  const value = meant === undefined ? undefined : readScalar(scalar, meant, context)
  return isProblem(value) ? undefined : value
}

function readLeftOver(
  compiled: Compiled,
  variant: CompiledShape | undefined,
  target: Record<string, unknown>,
  attribute: XmlAttribute,
  node: XmlElement,
  context: ReadContext,
): void {
  if (variant && readAttribute(variant, target, attribute, node, context)) return
  const { name } = attribute
  if (name === 'xmlns' || name.startsWith('xmlns:') || compiled.ignoredAttributes.has(name)) return
  const place = { span: attribute.nameSpan, path: `${pathOf(node)}/@${name}` }
  if (compiled.unbuiltAttributes.has(name)) context.report(finding.unbuiltAttribute(node, name, place))
  else context.report(finding.unknownAttribute(compiled, variant, node, name, place))
}

function readChildren(
  compiled: Compiled,
  variant: CompiledShape | undefined,
  target: Record<string, unknown>,
  node: XmlElement,
  context: ReadContext,
): void {
  const { closed, lastHolds = false } = compiled.options
  const report: ReadContext['report'] =
    closed !== undefined && !closed.unless?.(target)
      ? (found) => context.report(finding.refused(found, closed.code))
      : context.report
  for (const childNode of node.children) {
    if (childNode.kind === 'text' || childNode.kind === 'cdata') {
      if (compiled.shape.value === undefined && /\S/.test(childNode.value))
        context.report(finding.strayText(node, childNode))
    }
    if (childNode.kind !== 'element') continue
    const key = childKey(childNode.uri, childNode.local)
    const known = compiled.shape.children().get(key) ?? variant?.children().get(key)
    if (known !== undefined) readChild(known, target, childNode, node, context, report, lastHolds)
    else if (compiled.ignoredChildren.has(key)) continue
    else if (compiled.unbuiltChildren.has(key)) reportUnbuilt(compiled, key, childNode, context)
    else if (compiled.foreignChildren.has(key)) context.report(finding.foreignElement(childNode))
    // A prefix that nobody declared is told already, with its cause.
    else if (childNode.uri !== '' || !childNode.name.includes(':'))
      report(finding.unknownElement(compiled, variant, childNode, context.parentsOf?.(childNode.local)))
  }
  if (compiled.shape.value !== undefined) {
    const raw = textOf(node)
    if (raw !== '')
      target.value = readText(compiled.shape.value, raw, node, {}, context, compiled.shape.attributes.has('unit'))
  }
}

/** A reader that is older than the element ignores it, so there is nothing to build. */
function reportUnbuilt({ options }: Compiled, key: string, node: XmlElement, context: ReadContext): void {
  const since = options.unbuilt?.since?.[key]
  const older = strange(since, context)
  const found = older && since ? finding.newerElement(node, since, older.reader) : finding.unbuiltElement(node)
  context.report(found)
}

/** An element with what the later ones of its name add to it; `parent` may be such an element itself. */
function merged(node: XmlElement, parent: XmlElement, merges: ChildField<unknown>['merges']): XmlElement {
  if (merges === undefined) return node
  const all = mergedOnes(node, parent, merges)
  if (all.length < 2) return node
  const counts = (it: XmlNode) => typeof merges !== 'object' || (it.kind === 'element' && merges.includes(it.local))
  const later = all.filter((it) => it !== node)
  const attributes = new Map(node.attributes.map((attribute) => [attribute.name, attribute]))
  if (merges === true) {
    for (const it of later.flatMap((other) => other.attributes))
      if (!attributes.has(it.name)) attributes.set(it.name, it)
  }
  const children = [...node.children, ...later.flatMap((other) => other.children.filter(counts))]
  return withContent(node, { attributes: [...attributes.values()], children })
}

/** The children of an element that have a name, as far as they are read as one. */
function mergedOnes(node: XmlElement, parent: XmlElement, merges: ChildField<unknown>['merges']): XmlElement[] {
  const all = parent.children.filter(
    (it): it is XmlElement => it.kind === 'element' && it.local === node.local && it.uri === node.uri,
  )
  return merges === 'of each' ? all.filter((it, at) => it.parent !== all[at - 1]?.parent) : all
}

/** What only an earlier element of a name has still counts; of what both have, the one that holds among its children. */
function keepChildren(compiled: Compiled, earlier: Readonly<Record<string, unknown>>, made: object): void {
  const later = made as Record<string, unknown>
  const { lastHolds } = compiled.options
  for (const { key } of compiled.shape.children().values())
    later[key] = lastHolds ? (later[key] ?? earlier[key]) : (earlier[key] ?? later[key])
}

function readText(
  scalar: Scalar<unknown>,
  raw: string,
  node: XmlElement,
  options: FieldOptions,
  context: ReadContext,
  hasUnit = false,
): unknown {
  // An element without a text is an absent one.
  if (raw === '' && !options.keepsEmpty) return undefined
  if (scalar.secret) for (const { span } of textsOf(node)) context.origins.secrets.push(span)
  const value = readScalar(scalar, raw, context)
  if (!isProblem(value)) {
    if (context.advise && scalar.spelling) {
      finding.advice(scalar, raw, { span: node.contentSpan, path: pathOf(node) }, context.advise)
    }
    return value
  }
  const place = { span: node.contentSpan ?? node.span, path: pathOf(node) }
  const meant = meantValue(scalar, value, context)
  const found = finding.invalid(`text of <${node.name}>`, raw, value, options, scalar, place, node.contentSpan)
  context.report((hasUnit && finding.unitInText(found, raw, node)) || found, meant !== undefined)
  return meant
}

function readChild(
  child: CompiledChild,
  target: Record<string, unknown>,
  node: XmlElement,
  parent: XmlElement,
  context: ReadContext,
  report: ReadContext['report'],
  lastHolds: boolean,
): void {
  const { key, field } = child
  const { since } = field
  const older = strange(since, context)
  if (older && since !== undefined) {
    report(finding.newerElement(node, since, older.reader))
    return
  }
  switch (field.kind) {
    case 'many':
      ;(target[key] as unknown[]).push(read(field.element().compiled(), node, context))
      return
    case 'texts': {
      const value = readText(field.scalar, textOf(node), node, field, context)
      if (value !== undefined) (target[key] as unknown[]).push(value)
      return
    }
  }
  const earlier = target[key]
  if (earlier !== undefined && lastHolds) context.report(finding.overruledElement(node))
  else if (earlier !== undefined) {
    const merges = field.kind === 'child' ? field.merges : undefined
    // Of each parent the first counts: one that stands once itself has no more than that.
    if (merges !== undefined && !(merges === 'of each' && node.parent === parent))
      context.report(finding.mergedElement(node))
    else context.report(field.once ? finding.secondElement(node) : finding.duplicateElement(node))
    return
  }
  if (field.kind === 'child') {
    const made = read(field.element().compiled(), merged(node, parent, field.merges), context)
    if (earlier !== undefined) keepChildren(field.element().compiled(), earlier as Record<string, unknown>, made)
    target[key] = made
  } else if (field.kind === 'text') target[key] = readText(field.scalar, textOf(node), node, field, context)
  else if (field.kind === 'flag') target[key] = true
  else if (elementsOf(node).length > 0) target[key] = node
}

function checkRequired(
  shape: CompiledShape,
  node: XmlElement,
  target: Record<string, unknown>,
  context: ReadContext,
): void {
  for (const { key, name, field } of shape.requiredAttributes) {
    if (target[key] === undefined && !node.attributes.some((it) => it.name === name && !isAbsent(it.value, field))) {
      context.report(finding.missingAttribute(node, name, field))
    }
  }
  for (const { key, name, field, keys } of shape.requiredChildren) {
    if (target[key] === undefined && !stands(keys(), node, field.kind === 'text')) {
      if (field.kind === 'child' && field.implied) target[key] = field.element().compiled().create({})
      else context.report(finding.missingElement(node, name, field))
    }
  }
}

/** True where a child of one of these names and namespaces stands, even one that could not be read; an empty text is none. */
function stands(keys: readonly string[], node: XmlElement, isText: boolean): boolean {
  return node.children.some(
    (child) =>
      child.kind === 'element' && keys.includes(childKey(child.uri, child.local)) && (!isText || textOf(child) !== ''),
  )
}
