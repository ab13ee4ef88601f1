import type { Diagnostic, Span } from '../diagnostic/diagnostic.ts'
import { didYouMean } from '../diagnostic/suggest.ts'
import { attributeOf, pathOf, type XmlElement } from '../xml/tree.ts'
import type { Compiled, CompiledShape } from './compile.ts'
import type { FieldOptions } from './field.ts'
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
): Diagnostic {
  const shown = scalar.secret ? 'The value' : `"${raw.length > 60 ? `${raw.slice(0, 57)}...` : raw}"`
  return {
    code: problem.code ?? options.invalid ?? 'value/invalid',
    severity: 'error',
    when: 'define',
    message: `${shown} (${what}) ${problem.problem}.`,
    hint: problem.hint ?? `Write ${scalar.doc}.`,
    ...place,
  }
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

export function unknownAttribute(
  compiled: Compiled,
  variant: CompiledShape | undefined,
  node: XmlElement,
  name: string,
  place: Place,
): Diagnostic {
  const candidates = [
    ...compiled.attributes.keys(),
    ...(variant?.attributes.keys() ?? []),
    ...compiled.unbuiltAttributes,
  ]
  const near = didYouMean(name, candidates)
  return {
    code: 'attribute/unknown',
    severity: 'warning',
    message: `<${node.name}> has no attribute ${name}: libvirt ignores it.`,
    hint: near ? `Did you mean ${near}?` : 'Remove it, or check its spelling and place.',
    ...place,
  }
}

export function unknownElement(compiled: Compiled, variant: CompiledShape | undefined, node: XmlElement): Diagnostic {
  const candidates = [...compiled.children().keys(), ...(variant?.children().keys() ?? []), ...compiled.unbuiltChildren]
  const near = didYouMean(node.name, candidates)
  return {
    code: 'element/unknown',
    severity: 'warning',
    message: `<${node.parent?.name ?? ''}> has no element <${node.name}>: libvirt ignores it.`,
    hint: near ? `Did you mean <${near}>?` : 'Remove it, or check its spelling and place.',
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
