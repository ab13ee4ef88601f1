import { unplacedSourcesOf } from '../../src/argv/explain.ts'
import { toJson } from '../../src/argv/print.ts'
import type { Conversion, ConvertOptions } from '../../src/conversion.ts'
import { readXml } from '../../src/xml/read.ts'
import { elementsOf, pathOf, type XmlElement } from '../../src/xml/tree.ts'
import { wordsAt } from './words.ts'

interface Span {
  readonly start: number
  readonly end: number
}

/** An attribute, a text or an empty element of a document. */
interface Leaf {
  readonly path: string
  /** All of it, to be left out. */
  readonly whole: Span
  /** What it says. */
  readonly value: Span
}

interface Place {
  readonly leaf: Leaf
  readonly source: string
  readonly options: ConvertOptions
}

type Convert = (source: string, options: ConvertOptions) => Conversion

/** So many values of a path are tried to change something. */
const values = 4
const tries = 12

const withoutNumbers = (path: string) => path.replaceAll(/\[\d+\]/g, '')

/**
 * The leaves of documents, each path of XML names once, and whether something of the command line is made of them: a piece
 * names the leaf as its source, or another value of it makes another line.
 */
export class Leaves {
  readonly #places = new Map<string, Place[]>()
  readonly #named = new Set<string>()

  /** Takes the leaves of a document, and those that the command line names. */
  note(source: string, options: ConvertOptions, { argv, origins }: Conversion): void {
    const root = readXml(source).root
    if (root === undefined || argv === undefined) return
    for (const { pieces } of [...argv.environment, argv.binary, ...argv.args])
      for (const { from } of pieces)
        for (const it of unplacedSourcesOf(from, origins))
          if (it.kind === 'xml') this.#named.add(withoutNumbers(it.path))
    for (const leaf of leavesOf(root, source)) {
      const path = withoutNumbers(leaf.path)
      const places = this.#places.get(path) ?? []
      this.#places.set(path, places)
      const text = (place: Place) => place.source.slice(place.leaf.value.start, place.leaf.value.end)
      const place = { leaf, source, options }
      if (places.length < values && !places.some((it) => text(it) === text(place))) places.push(place)
    }
  }

  /** The paths of which no command line is made. */
  silent(convert: Convert): string[] {
    return [...this.#places].flatMap(([path, places]) =>
      this.#named.has(path) || places.some((place) => acts(place, wordsOf(path, places), convert)) ? [] : [path],
    )
  }
}

/** What may stand there: words of the description, and what stands there in other documents. */
function wordsOf(path: string, places: readonly Place[]): string[] {
  const written = places.map(({ source, leaf }) => source.slice(leaf.value.start, leaf.value.end))
  return [...new Set([...wordsAt(path), ...written])].slice(0, tries)
}

function acts({ leaf, source, options }: Place, words: readonly string[], convert: Convert): boolean {
  const { whole, value } = leaf
  const line = (text: string) => {
    const { argv } = convert(text, options)
    return argv && JSON.stringify(toJson(argv))
  }
  const written = source.slice(value.start, value.end)
  const others = /^\d+$/.test(written) ? [String(Number(written) + 1), String(Number(written) * 2)] : words
  const now = line(source)
  const texts = [
    source.slice(0, whole.start) + source.slice(whole.end),
    ...others.filter((it) => it !== written).map((it) => source.slice(0, value.start) + it + source.slice(value.end)),
  ]
  return texts.some((text) => {
    const then = line(text)
    return then !== undefined && then !== now
  })
}

function* leavesOf(node: XmlElement, source: string): Iterable<Leaf> {
  const path = pathOf(node)
  for (const { name, nameSpan, valueSpan } of node.attributes) {
    if (name.startsWith('xmlns')) continue
    yield { path: `${path}/@${name}`, whole: { start: nameSpan.start, end: valueSpan.end + 1 }, value: valueSpan }
  }
  const children = elementsOf(node)
  const { start, end } = node.contentSpan
  if (children.length === 0 && (node.attributes.length === 0 || source.slice(start, end).trim() !== '')) {
    yield { path, whole: node.span, value: node.contentSpan }
  }
  for (const child of children) yield* leavesOf(child, source)
}
