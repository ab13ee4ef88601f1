import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { printableFinding } from '../diagnostic/printable.ts'
import { attributeOf, elementsOf, pathOf, textOf, type XmlElement } from '../xml/tree.ts'

/**
 * Small look-ups in the XML of the host's networks and pools, collecting what is wrong. Only what a domain needs is
 * read; the rest of such a document is let through.
 */
export class XmlReader {
  readonly diagnostics: Diagnostic[] = []

  child(element: XmlElement | undefined, name: string): XmlElement | undefined {
    return element && elementsOf(element).find((candidate) => candidate.local === name)
  }

  children(element: XmlElement | undefined, name: string): XmlElement[] {
    return element === undefined ? [] : elementsOf(element).filter((candidate) => candidate.local === name)
  }

  text(element: XmlElement | undefined, name: string): string | undefined {
    const child = this.child(element, name)
    return child && textOf(child).trim()
  }

  attribute(element: XmlElement | undefined, name: string): string | undefined {
    return element && attributeOf(element, name)?.value
  }

  required(element: XmlElement, name: string): string {
    const value = this.attribute(element, name)
    if (value === undefined) this.bad(element, `<${element.name}> has no attribute ${name}`, `Add ${name}='…'.`)
    return value ?? ''
  }

  yesNo(element: XmlElement | undefined, name: string): boolean | undefined {
    return this.among(element, name, ['yes', 'no'] as const, (word) => word === 'yes')
  }

  oneOf<const W extends string>(element: XmlElement | undefined, name: string, words: readonly W[]): W | undefined {
    return this.among(element, name, words, (word) => word)
  }

  /** A whole number, decimal or with the prefix 0x. */
  number(element: XmlElement | undefined, name: string): number | undefined {
    const value = this.attribute(element, name)
    if (element === undefined || value === undefined) return undefined
    if (/^(0x[0-9a-fA-F]+|[0-9]+)$/.test(value)) return Number(value)
    this.bad(element, `${name}='${value}' of <${element.name}> is not a whole number`, 'Write it as 12 or 0xc.')
    return undefined
  }

  bad(element: XmlElement, message: string, hint: string): void {
    const path = pathOf(element)
    this.diagnostics.push(
      printableFinding({ code: 'host/bad-xml', severity: 'error', message, span: element.span, path, hint }),
    )
  }

  private among<W extends string, T>(
    element: XmlElement | undefined,
    name: string,
    words: readonly W[],
    read: (word: W) => T,
  ): T | undefined {
    const value = this.attribute(element, name)
    if (element === undefined || value === undefined) return undefined
    const word = words.find((candidate) => candidate === value)
    if (word !== undefined) return read(word)
    const hint = `It is one of ${words.join(', ')}.`
    this.bad(element, `${name}='${value}' of <${element.name}> is not known`, hint)
    return undefined
  }
}
