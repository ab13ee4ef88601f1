import { parseElement, type ReadContext } from '../codec/parse.ts'
import { type Domain, domain } from '../definition.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { Origins } from '../origin/origin.ts'
import { readXml, type XmlLimits } from '../xml/read.ts'
import { wrongRoot } from './wrong-root.ts'

export interface ParsedDomain {
  readonly text: string
  /** Undefined where the text is no domain at all. Incomplete where `diagnostics` holds an error. */
  readonly definition: Domain | undefined
  readonly origins: Origins
  readonly diagnostics: Diagnostic[]
}

/** Text to definition: well-formedness, the root, then every element by its description. */
export function parseDomain(source: string | Uint8Array, limits?: Partial<XmlLimits>): ParsedDomain {
  const document = readXml(source, limits)
  const origins = new Origins()
  const diagnostics = [...document.diagnostics]
  const { text, root } = document
  if (root === undefined) return { text, definition: undefined, origins, diagnostics }
  const wrong = wrongRoot(root)
  if (wrong !== undefined) {
    diagnostics.push(wrong)
    return { text, definition: undefined, origins, diagnostics }
  }
  const context: ReadContext = { origins, report: (diagnostic) => diagnostics.push(diagnostic) }
  return { text, definition: parseElement(domain, root, context), origins, diagnostics }
}
