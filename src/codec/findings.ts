import type { Diagnostic, Span } from '../diagnostic/diagnostic.ts'
import type { Fix } from '../diagnostic/fix.ts'
import { didYouMean, onlyMeant } from '../diagnostic/suggest.ts'
import { escapeXml } from '../xml/escape.ts'
import {
  attributeOf,
  endNameSpan,
  pathOf,
  type XmlAttribute,
  type XmlCdata,
  type XmlElement,
  type XmlText,
} from '../xml/tree.ts'
import type { Compiled, CompiledShape, FieldOptions } from './description.ts'
import type { Problem, Scalar } from './scalar.ts'

interface Place {
  readonly span: Span
  readonly path: string
}

/** A text that is not a value of its scalar. The text itself is shown unless it is a secret. */
export function invalid(
  what: string,
  raw: string,
  problem: Problem,
  options: FieldOptions,
  scalar: Scalar<unknown>,
  place: Place,
  /** Where the text stands: narrower than `place` where that points at the whole element. */
  textSpan: Span = place.span,
): Diagnostic {
  const { meant } = problem
  const shown = scalar.secret ? 'The value' : `"${raw.length > 60 ? `${raw.slice(0, 57)}...` : raw}"`
  return {
    code: problem.code ?? options.invalid ?? 'value/invalid',
    severity: 'error',
    when: 'define',
    message: `${shown} (${what}) ${problem.problem}.`,
    hint: meant === undefined ? (problem.hint ?? `Write ${scalar.doc}.`) : `Did you mean ${meant}?`,
    ...place,
    ...(meant !== undefined && {
      fix: { title: `Write ${meant}.`, edits: [{ span: textSpan, text: escapeXml(meant) }], safe: true },
    }),
  }
}

/** `<memory>2G</memory>`: the same finding, where the unit stands behind the number instead of in its attribute. */
export function unitInText(found: Diagnostic, raw: string, node: XmlElement): Diagnostic | undefined {
  const [, number, power] = /^\s*(\d+)\s*([KMGTPE])(?:i?B)?\s*$/i.exec(raw) ?? []
  if (number === undefined || power === undefined || attributeOf(node, 'unit') !== undefined) return undefined
  const unit = `${power.toUpperCase()}iB`
  const { end } = node.nameSpan
  const edits = [
    { span: { start: end, end }, text: ` unit='${unit}'` },
    { span: node.contentSpan, text: number },
  ]
  const title = `Write <${node.name} unit='${unit}'>${number}</${node.name}>.`
  return { ...found, hint: title, fix: { title, edits, safe: false } }
}

/** A text that is read, but is spelt in a way that tools and people do not expect. */
export function advice(
  scalar: Scalar<unknown>,
  raw: string,
  place: Place,
  advise: (diagnostic: Diagnostic) => void,
): void {
  const better = scalar.spelling?.(raw)
  if (better === undefined || better === raw) return
  const title = `Write ${better}.`
  advise({
    code: 'value/spelling',
    severity: 'info',
    message: `"${raw}" is read as ${better}.`,
    hint: title,
    ...place,
    fix: { title, edits: [{ span: place.span, text: escapeXml(better) }], safe: true },
  })
}

export function unbuiltAttribute(node: XmlElement, name: string, place: Place): Diagnostic {
  return {
    code: 'attribute/not-built',
    severity: 'error',
    when: 'define',
    message: `libvirt knows the attribute ${name} of <${node.name}>, domxml does not support it yet.`,
    hint: 'Without it the command line would be wrong, so none is printed.',
    ...place,
  }
}

/** What only guests of other hypervisors have: libvirt leaves it out. */
export function foreignElement(node: XmlElement): Diagnostic {
  return {
    code: 'element/other-hypervisor',
    severity: 'warning',
    message: `<${node.name}> in <${node.parent?.name ?? ''}> is for guests of another hypervisor: libvirt ignores it here.`,
    hint: 'Remove it.',
    span: node.nameSpan,
    path: pathOf(node),
  }
}

export function unbuiltElement(node: XmlElement): Diagnostic {
  return {
    code: 'element/not-built',
    severity: 'error',
    when: 'define',
    message: `libvirt knows <${node.name}> in <${node.parent?.name ?? ''}>, domxml does not support it yet.`,
    hint: 'Without it the command line would be wrong, so none is printed.',
    span: node.nameSpan,
    path: pathOf(node),
  }
}

/** `attribute/newer` (warning): the reader is older than the attribute, and ignores it. */
export function newerAttribute(
  node: XmlElement,
  name: string,
  since: string,
  reader: string,
  place: Place,
): Diagnostic {
  return {
    code: 'attribute/newer',
    severity: 'warning',
    message: `${reader} ignores the attribute ${name} of <${node.name}>: libvirt has it since ${since}.`,
    hint: `Use libvirt ${since} or later, or remove it.`,
    ...place,
  }
}

/** `element/newer` (warning): the reader is older than the element, and ignores it. */
export function newerElement(node: XmlElement, since: string, reader: string): Diagnostic {
  return {
    code: 'element/newer',
    severity: 'warning',
    message: `${reader} ignores <${node.name}> in <${node.parent?.name ?? ''}>: libvirt has it since ${since}.`,
    hint: `Use libvirt ${since} or later, or remove it.`,
    span: node.nameSpan,
    path: pathOf(node),
  }
}

/** `value/newer` (error): the reader is older than the value, and refuses it. */
export function newerValue(since: string, reader: string): Problem {
  return {
    code: 'value/newer',
    problem: `is no value for ${reader}: libvirt has it since ${since}`,
    hint: `Use libvirt ${since} or later, or another value.`,
  }
}

export function unknownAttribute(
  compiled: Compiled,
  variant: CompiledShape | undefined,
  node: XmlElement,
  name: string,
  place: Place,
): Diagnostic {
  const candidates = [
    ...compiled.shape.attributes.keys(),
    ...(variant?.attributes.keys() ?? []),
    ...compiled.unbuiltAttributes,
  ]
  const near = didYouMean(name, candidates)
  const meant = onlyMeant(name, candidates)
  const fix = meant !== undefined && attributeOf(node, meant) === undefined && rename(meant, place.span)
  const others = [...(compiled.shape.choice?.variants ?? [])].flatMap(([value, other]) =>
    other.attributes.has(name) ? [value] : [],
  )
  const elsewhere =
    others.length > 0 && others.length <= 4 && `It goes with ${compiled.shape.choice?.by}='${others.join("', '")}'.`
  return {
    code: 'attribute/unknown',
    severity: 'warning',
    message: `<${node.name}> has no attribute ${name}: libvirt ignores it.`,
    hint: near ? `Did you mean ${near}?` : elsewhere || 'Remove it, or check its spelling and place.',
    ...place,
    ...(fix && { fix }),
  }
}

/**
 * @param parents where an element of this name may stand
 */
export function unknownElement(
  compiled: Compiled,
  variant: CompiledShape | undefined,
  node: XmlElement,
  parents: readonly string[] = [],
): Diagnostic {
  const candidates = [
    ...compiled.shape.children().keys(),
    ...(variant?.children().keys() ?? []),
    ...compiled.unbuiltChildren,
  ]
  const elsewhere = inAnotherNamespace(node, compiled)
  if (elsewhere !== undefined) return elsewhere
  const near = didYouMean(node.name, candidates)
  const meant = onlyMeant(node.name, candidates)
  const fix = meant !== undefined && !meant.includes(' ') && rename(meant, node.nameSpan, endNameSpan(node))
  return {
    code: 'element/unknown',
    severity: 'warning',
    message: `<${node.parent?.name ?? ''}> has no element <${node.name}>: libvirt ignores it.`,
    hint: near
      ? `Did you mean <${near}>?`
      : (rightPlace(node, parents) ?? 'Remove it, or check its spelling and place.'),
    span: node.nameSpan,
    path: pathOf(node),
    ...(fix && { fix }),
  }
}

/** A known name, but not in its own namespace: the prefix, or its declaration, is what is wrong. */
function inAnotherNamespace(node: XmlElement, compiled: Compiled): Diagnostic | undefined {
  const known = [...compiled.shape.children()].find(([key]) => key.endsWith(` ${node.local}`))?.[1].field
  if (known?.kind !== 'child' && known?.kind !== 'many') return undefined
  const { prefix, uri } = known.element().options.namespace ?? {}
  const path = pathOf(node)
  if (node.uri === '') {
    return {
      code: 'element/unknown',
      severity: 'warning',
      message: `<${node.name}> is in no namespace: libvirt ignores it.`,
      hint: `Write <${prefix}:${node.local}>, what is in it likewise, and xmlns:${prefix}='${uri}' in <domain>.`,
      span: node.nameSpan,
      path,
    }
  }
  const own = node.name.includes(':') ? `xmlns:${node.name.slice(0, -node.local.length - 1)}` : 'xmlns'
  const declaration = declarationOf(own, node)
  const span = declaration?.valueSpan ?? node.nameSpan
  return {
    code: 'element/unknown',
    severity: 'warning',
    message: `${own} names a namespace that libvirt does not know: it ignores <${node.name}>.`,
    hint: `Write ${own}='${uri}'.`,
    span,
    path,
    ...(declaration && uri && { fix: { title: `Write ${uri}.`, edits: [{ span, text: uri }], safe: true } }),
  }
}

function declarationOf(name: string, node: XmlElement): XmlAttribute | undefined {
  return attributeOf(node, name) ?? (node.parent && declarationOf(name, node.parent))
}

/** An element that stands in the wrong parent: few parents are worth naming. */
function rightPlace({ name }: XmlElement, parents: readonly string[]): string | undefined {
  if (parents.length === 0 || parents.length > 4) return undefined
  return `Move it: <${name}> stands in <${parents.join('> or <')}>.`
}

/** `element/stray-text` (warning): text between elements, which libvirt does not read. */
export function strayText(node: XmlElement, { value, span }: XmlText | XmlCdata): Diagnostic {
  // Where the text is written as it reads, only the words are shown.
  const asWritten = span.end - span.start === value.length
  const start = asWritten ? span.start + value.search(/\S/) : span.start
  const shown = asWritten ? { start, end: start + value.trim().length } : span
  return {
    code: 'element/stray-text',
    severity: 'warning',
    message: `Text stands in <${node.name}>, which holds none: libvirt ignores it.`,
    hint: 'Remove it, or make it a comment: <!-- … -->.',
    span: shown,
    path: pathOf(node),
    fix: { title: 'Remove the text.', edits: [{ span: shown, text: '' }], safe: false },
  }
}

/** The same finding where libvirt refuses what it elsewhere ignores. */
export function refused(found: Diagnostic, code: string): Diagnostic {
  const message = found.message.replace('ignores', 'refuses')
  return { ...found, code, severity: 'error', when: 'define', message }
}

/** `element/twice` (error): libvirt takes one of this name, and refuses a second. */
export function secondElement(node: XmlElement): Diagnostic {
  return {
    code: 'element/twice',
    severity: 'error',
    when: 'define',
    message: `<${node.name}> stands more than once in <${node.parent?.name ?? ''}>: libvirt takes one.`,
    hint: 'Remove the others.',
    span: node.nameSpan,
    path: pathOf(node),
  }
}

export function duplicateElement(node: XmlElement): Diagnostic {
  return {
    code: 'element/duplicate',
    severity: 'warning',
    message: `<${node.name}> stands more than once in <${node.parent?.name ?? ''}>: only the first counts.`,
    hint: 'Remove the others.',
    span: node.nameSpan,
    path: pathOf(node),
  }
}

export function overruledElement(node: XmlElement): Diagnostic {
  return {
    code: 'element/duplicate',
    severity: 'warning',
    message: `<${node.name}> stands more than once in <${node.parent?.name ?? ''}>: where they differ, the last counts.`,
    hint: 'Write one with all that is meant.',
    span: node.nameSpan,
    path: pathOf(node),
  }
}

export function mergedElement(node: XmlElement): Diagnostic {
  return {
    code: 'element/duplicate',
    severity: 'warning',
    message: `<${node.name}> stands more than once in <${node.parent?.name ?? ''}>: libvirt reads them as one.`,
    hint: 'Write one with all that they have.',
    span: node.nameSpan,
    path: pathOf(node),
  }
}

export function missingAttribute(node: XmlElement, name: string, options: FieldOptions): Diagnostic {
  return {
    code: options.missing ?? 'attribute/missing',
    severity: 'error',
    when: 'define',
    message: `<${node.name}> needs the attribute ${name}.`,
    hint: options.doc ? `${name}: ${options.doc}` : `Add ${name}='…'.`,
    span: node.nameSpan,
    path: pathOf(node),
  }
}

export function missingElement(node: XmlElement, name: string, options: FieldOptions): Diagnostic {
  return {
    code: options.missing ?? 'element/missing',
    severity: 'error',
    when: 'define',
    message: `<${node.name}> needs an element <${name}>.`,
    hint: options.doc ? `<${name}>: ${options.doc}` : `Add <${name}>.`,
    span: node.nameSpan,
    path: pathOf(node),
  }
}

/** An error of an element's own rule, at the element or one of its attributes. */
export function settled(
  node: XmlElement,
  { attribute, ...found }: { code: string; message: string; hint?: string; attribute?: string },
): Diagnostic {
  const place = attribute === undefined ? undefined : attributeOf(node, attribute)
  return {
    severity: 'error',
    when: 'define',
    ...found,
    span: place?.valueSpan ?? node.nameSpan,
    path: place ? `${pathOf(node)}/@${attribute}` : pathOf(node),
  }
}

function rename(name: string, ...spans: readonly (Span | undefined)[]): Fix {
  const edits = spans.flatMap((span) => (span === undefined ? [] : [{ span, text: name }]))
  return { title: `Write ${name}.`, edits, safe: true }
}
