/** A set of descriptors that QEMU holds under a number: `/dev/fdset/N` opens whichever fits (QEMU: -add-fd). */
export interface FdSet {
  readonly number: number
  readonly descriptors: readonly { readonly fd: number; readonly opaque: string }[]
}

/** Numbers the sets of a guest in the order in which they are prepared. */
export class FdSets {
  #next = 0

  /** @param descriptors with the text by which QEMU reports each, e.g. `serial0-log` */
  add(descriptors: FdSet['descriptors']): FdSet {
    return { number: this.#next++, descriptors }
  }
}

/** The path under which QEMU opens a set. */
export function fdSetPath(set: FdSet): string {
  return `/dev/fdset/${set.number}`
}
