import { formatDocument } from '../codec/format.ts'
import { type Domain, domain } from '../definition.ts'

/** A definition as libvirt prints it: fixed order, two spaces, single quotes. */
export function formatDomain(definition: Domain): string {
  return formatDocument(domain, definition)
}
