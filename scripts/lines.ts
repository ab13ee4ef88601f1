/** Lines in the order in which they are first used. */
export class Lines {
  readonly lines: string[] = []
  readonly #positions = new Map<string, number>()

  position(line: string): number {
    const found = this.#positions.get(line)
    if (found !== undefined) return found
    this.#positions.set(line, this.lines.length)
    return this.lines.push(line) - 1
  }
}
