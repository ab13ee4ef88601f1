import { parseElement, type ReadContext } from '../codec/parse.ts'
import { type Domain, domain } from '../definition.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { printableFinding } from '../diagnostic/printable.ts'
import { Origins } from '../origin/origin.ts'
import { newestRelease } from '../release/choose.ts'
import { holds } from '../release/dated.ts'
import type { Release } from '../release/release.ts'
import { readXml, type XmlLimits } from '../xml/read.ts'
import { wrongRoot } from './wrong-root.ts'

export interface ParsedDomain {
  readonly text: string
  /** The libvirt that reads it: a newer element or attribute is none for it. */
  readonly release: Release
  /** Undefined where the text is no domain at all. Incomplete where `diagnostics` holds an error. */
  readonly definition: Domain | undefined
  readonly origins: Origins
  readonly diagnostics: Diagnostic[]
}

export interface ParseOptions {
  /** The newest with evidence where absent. */
  readonly release?: Release | undefined
  readonly limits?: Partial<XmlLimits> | undefined
}

/** Text to definition: well-formedness, the root, then every element by its description. */
export function parseDomain(source: string | Uint8Array, options: ParseOptions = {}): ParsedDomain {
  const { release = newestRelease, limits } = options
  const document = readXml(source, limits)
  const origins = new Origins()
  const diagnostics = [...document.diagnostics]
  const { text, root } = document
  if (root === undefined) return { text, release, definition: undefined, origins, diagnostics }
  const wrong = wrongRoot(root)
  if (wrong !== undefined) {
    diagnostics.push(printableFinding(wrong))
    return { text, release, definition: undefined, origins, diagnostics }
  }
  const context: ReadContext = {
    origins,
    report: (diagnostic) => diagnostics.push(printableFinding(diagnostic)),
    vocabulary: { reader: `libvirt ${release}`, knows: (since) => holds({ since }, release) },
  }
  return { text, release, definition: parseElement(domain, root, context), origins, diagnostics }
}
