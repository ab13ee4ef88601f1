import type { Capabilities } from '../capabilities/capabilities.ts'
import type { Span } from '../diagnostic/diagnostic.ts'
import { attributesOf, describe } from './description.ts'
import { attributeDoc, elementDoc, gateLines } from './documentation.ts'
import { chainOf, type Document, elementAt, type Outline, type OutlineAttribute } from './outline.ts'

export interface Hover {
  readonly span: Span
  /** Markdown. */
  readonly text: string
}

const holds = (span: Span | undefined, offset: number) =>
  span !== undefined && span.start <= offset && offset <= span.end

/** The attribute whose name or value is at an offset. */
export function attributeAt(element: Outline, offset: number): OutlineAttribute | undefined {
  return element.attributes.find(({ nameSpan, valueSpan }) => holds(nameSpan, offset) || holds(valueSpan, offset))
}

/** What the description says of the element or attribute at an offset, and whether this QEMU has what it needs. */
export function hoverAt(document: Document, offset: number, qemu?: Capabilities): Hover | undefined {
  const element = elementAt(document, offset)
  if (element === undefined) return undefined
  const chain = chainOf(element)
  const described = describe(chain)
  if (described === undefined) return undefined
  const attribute = attributeAt(element, offset)
  if (attribute !== undefined) {
    const field = attributesOf(described).find(({ name }) => name === attribute.name)?.field
    if (field === undefined) return undefined
    const gates = gateLines(chain, attribute.name, qemu)
    const end = attribute.valueSpan?.end ?? attribute.nameSpan.end
    return {
      span: { start: attribute.nameSpan.start, end },
      text: attributeDoc(described.name, attribute.name, field, gates),
    }
  }
  if (!holds(element.nameSpan, offset) && !holds(element.text?.span, offset)) return undefined
  const span = holds(element.nameSpan, offset) ? element.nameSpan : element.text!.span
  return { span, text: elementDoc(described, gateLines(chain, undefined, qemu)) }
}
