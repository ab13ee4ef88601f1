import { parseElement, type ReadContext } from '../codec/parse.ts'
import { type Domain, domain } from '../definition.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { printableFinding } from '../diagnostic/printable.ts'
import { Origins } from '../origin/origin.ts'
import { newestRelease } from '../release/choose.ts'
import { holds } from '../release/dated.ts'
import type { Release } from '../release/release.ts'
import { atOnce, type Staged } from '../staged.ts'
import { readingXml, type XmlLimits } from '../xml/read.ts'
import type { XmlElement } from '../xml/tree.ts'
import { parentsOf, withDeclaration } from './vocabulary.ts'
import { wrongRoot } from './wrong-root.ts'

export interface ParsedDomain {
  readonly text: string
  /** The libvirt that reads it: a newer element or attribute is none for it. */
  readonly release: Release
  /** Undefined where the text is no domain at all. Incomplete where `diagnostics` holds an error. */
  readonly definition: Domain | undefined
  readonly origins: Origins
  readonly diagnostics: Diagnostic[]
  /** The paths of what could not be read, not even as what was meant: it is absent from `definition`. */
  readonly unread: readonly string[]
}

export interface ParseOptions {
  /** The newest with evidence where absent. */
  readonly release?: Release | undefined
  readonly limits?: Partial<XmlLimits> | undefined
}

/** Text to definition: well-formedness, the root, then every element by its description. */
export function parseDomain(source: string | Uint8Array, options: ParseOptions = {}): ParsedDomain {
  return atOnce(parsing(source, options))
}

/** The work of `parseDomain`, for who runs it stage by stage. */
export function* parsing(source: string | Uint8Array, options: ParseOptions = {}): Staged<ParsedDomain> {
  const { release = newestRelease, limits } = options
  const { text, root, diagnostics } = yield* readingXml(source, limits)
  yield 'parse'
  const nothing = (found: readonly Diagnostic[]): ParsedDomain => ({
    text,
    release,
    definition: undefined,
    origins: new Origins(),
    diagnostics: [...found],
    unread: [],
  })
  if (root === undefined) return nothing(diagnostics)
  const wrong = wrongRoot(root)
  if (wrong !== undefined) return nothing([...diagnostics, printableFinding(wrong)])
  return parseDomainElement(text, root, { release, found: diagnostics })
}

export interface ParseElementOptions {
  readonly release?: Release | undefined
  /** What is known already. */
  readonly found?: readonly Diagnostic[]
  /** Hears of spellings that libvirt takes, but that have a better one. */
  readonly advise?: ReadContext['advise']
}

/**
 * The domain that one element of a document is, e.g. the one in a snapshot. All places are those of the document.
 * @param text what `root` was read from
 */
export function parseDomainElement(text: string, root: XmlElement, options: ParseElementOptions = {}): ParsedDomain {
  const { release = newestRelease, found = [], advise } = options
  const origins = new Origins()
  const diagnostics = found.map((it) => withDeclaration(it, text, root))
  const unread: string[] = []
  const context: ReadContext = {
    origins,
    report: (diagnostic, meant) => {
      diagnostics.push(printableFinding(diagnostic))
      if (diagnostic.severity === 'error' && !meant) unread.push(diagnostic.path ?? '')
    },
    parentsOf,
    advise: advise && ((diagnostic) => advise(printableFinding(diagnostic))),
    vocabulary: { reader: `libvirt ${release}`, knows: (since) => holds({ since }, release) },
  }
  return { text, release, definition: parseElement(domain, root, context), origins, diagnostics, unread }
}
