/** Files that are done before a run counts as long. */
const FEW = 200
const EVERY = 50

/** A counter on a terminal's standard error, for long runs only. */
export class Progress {
  readonly #total: number
  readonly #shown: boolean
  #done = 0

  constructor(total: number, quiet: boolean, stream: NodeJS.WriteStream = process.stderr) {
    this.#total = total
    this.#shown = !quiet && total > FEW && stream.isTTY === true && process.env.CI === undefined
  }

  step(): void {
    this.#done++
    if (this.#shown && this.#done % EVERY === 0) process.stderr.write(`\r${this.#done} of ${this.#total} files`)
  }

  end(): void {
    // The line is wiped: reports come on their own.
    if (this.#shown) process.stderr.write('\r\u001B[K')
  }
}
