import type { ChildProcess } from 'node:child_process'

export interface Result {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** How much of what a process says is kept: its end. */
const kept = 2000

/** A process of a start: how it ended, and the last of what it said. */
export class Child {
  readonly process: ChildProcess
  readonly ended: Promise<Result>
  result: Result | undefined
  #said = ''

  constructor(process: ChildProcess) {
    this.process = process
    const keep = (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-kept)
    }
    process.stdout?.on('data', keep)
    process.stderr?.on('data', keep)
    this.ended = new Promise((resolve) => {
      process.on('error', (error) => {
        this.#said += error.message
      })
      // What a process has left in its pipes is read before its end is told; a child of its own may hold them open.
      process.on('exit', (code, signal) => setTimeout(() => settle(code, signal), 100))
      process.on('close', (code, signal) => settle(code, signal))
      const settle = (code: number | null, signal: NodeJS.Signals | null) => {
        this.result ??= { code, signal }
        resolve(this.result)
      }
    })
  }

  /** The last lines that it has said. */
  get said(): string {
    return this.#said.trim() || 'it said nothing'
  }

  words(code: number | null, signal: NodeJS.Signals | null): string {
    return `${signal === null ? `status ${code}` : `killed by ${signal}`}; ${this.said}`
  }

  /** Until it has ended, at most so many milliseconds. */
  async wait(most: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, most)
    })
    await Promise.race([this.ended, late])
    clearTimeout(timer)
  }
}
