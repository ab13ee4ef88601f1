/**
 * Something that libvirt does and nobody would choose, kept byte for byte: so that it is found, and not mended.
 * @param _name what is odd, as a rule's name
 * @param _evidence a golden, a section of formatdomain, or the answer of a libvirt that was asked
 */
export function quirk<T>(_name: string, _evidence: string, value: T): T {
  return value
}
