import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { XmlElement } from '../xml/tree.ts'

/** `domain/wrong-root` (error) where a document is not a domain. */
export function wrongRoot(root: XmlElement): Diagnostic | undefined {
  if (root.local === 'domain' && root.uri === '') return undefined
  return {
    code: 'domain/wrong-root',
    severity: 'error',
    when: 'define',
    message: `The document is a <${root.name}>, not a <domain>.`,
    hint: 'domxml reads libvirt domain XML, as `virsh dumpxml` prints it.',
    span: root.nameSpan,
    path: `/${root.name}`,
  }
}
