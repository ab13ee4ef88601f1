/** Numbers the images and back-ends of a guest: `libvirt-1`, `libvirt-2` …, in the order in which they are prepared. */
export class NodeNames {
  #last = 0

  next(): string {
    this.#last++
    return `libvirt-${this.#last}`
  }
}
