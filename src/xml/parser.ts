import { XMLParser } from 'fast-xml-parser'
import { CDATA, COMMENT, ELEMENT, type ParsedNode, TEXT } from './join.ts'

/**
 * The join takes names from the scan, which has checked them: for the parser all elements have one name. So its nodes have
 * one hidden class, and names of JavaScript's own (`constructor`) are no danger. The slash of `<a/>` is part of what it calls a name.
 */
const anyName = (name: string) => (name.endsWith('/') ? `${ELEMENT}/` : ELEMENT)

const METADATA = XMLParser.getMetaDataSymbol() as typeof metadata
declare const metadata: unique symbol

/** One parser a depth: making one costs more than to read a small document. It keeps nothing between two documents. */
const parsers = new Map<number, XMLParser>()

/** fast-xml-parser's tree of a well-formed text, in document order, whose elements know where they start. */
export function parse(text: string, depth: number): readonly ParsedNode[] {
  let parser = parsers.get(depth)
  if (parser === undefined) {
    parser = parserFor(depth)
    parsers.set(depth, parser)
  }
  return parser.parse(text)
}

function parserFor(depth: number): XMLParser {
  return new XMLParser({
    preserveOrder: true,
    captureMetaData: true,
    // Paths would make it quadratic in depth.
    jPath: false,
    maxNestedTags: depth,
    // Attributes come from the scan, with their places; building them here too would be thrown away.
    ignoreAttributes: true,
    trimValues: false,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    textNodeName: TEXT,
    commentPropName: COMMENT,
    cdataPropName: CDATA,
    transformTagName: anyName,
  })
}

/** The offset of an element or a processing instruction; undefined for other nodes. */
export function startOf(node: ParsedNode): number | undefined {
  return (node as { [METADATA]?: { startIndex?: number } })[METADATA]?.startIndex
}
