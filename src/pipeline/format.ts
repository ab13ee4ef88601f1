import { formatDocument } from '../codec/format.ts'
import { type Domain, domain } from '../definition.ts'
import { newestRelease } from '../release/choose.ts'
import { holds } from '../release/dated.ts'

/** A definition as libvirt prints it: fixed order, two spaces, single quotes. @param release whose form; the newest where absent */
export function formatDomain(definition: Domain, release = newestRelease): string {
  return formatDocument(domain, definition, { knows: (since) => holds({ since }, release) })
}
