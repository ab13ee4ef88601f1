import { Worker } from 'node:worker_threads'
import type { Inspected } from '../../lint/inspect.ts'
import type { Job } from './task.ts'

/** That a thread may have. */
export const MEMORY_MIB = 1024

/** A thread was given up, because it took too long or too much memory for its files. */
export class GivenUp extends Error {
  readonly why: 'time' | 'memory'

  constructor(why: 'time' | 'memory') {
    super(`too much ${why}`)
    this.why = why
  }
}

interface Task {
  readonly jobs: readonly Job[]
  readonly seconds: number
  readonly resolve: (inspected: Inspected[]) => void
  readonly reject: (error: unknown) => void
}

/** A thread that inspects one chunk of files after the other, each within its time and memory. */
export class Thread {
  readonly #file: URL
  /** The first is under way, others wait in the thread itself, so that it need not wait for them. */
  readonly #tasks: Task[] = []
  #worker: Worker | undefined
  #clock: NodeJS.Timeout | undefined

  /** @param file the thread's code: it answers each list of jobs, in their order */
  constructor(file: URL) {
    this.#file = file
  }

  /** How many chunks it has. */
  get load(): number {
    return this.#tasks.length
  }

  /** Loads its code, which takes a while: what it is asked for later begins sooner. */
  start(): void {
    this.#worker ??= this.#begin()
  }

  /**
   * Rejects with `GivenUp`, or with what broke the thread; chunks behind are not harmed.
   * @param seconds that the chunk may take once it is under way
   */
  inspect(jobs: readonly Job[], seconds: number): Promise<Inspected[]> {
    return new Promise((resolve, reject) => this.#post({ jobs, seconds, resolve, reject }))
  }

  async end(): Promise<void> {
    clearTimeout(this.#clock)
    // What it says from now on concerns nobody; an error that nobody hears would end the process.
    this.#worker?.removeAllListeners().on('error', () => {})
    await this.#worker?.terminate()
  }

  #post(task: Task): void {
    this.start()
    this.#worker?.postMessage(task.jobs)
    if (this.#tasks.push(task) === 1) this.#watch()
  }

  #begin(): Worker {
    const worker = new Worker(this.#file, {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
      // By the command the thread finds the code that is kept.
      argv: process.argv.slice(2, 3),
    })
    worker.on('message', (inspected: Inspected[]) => {
      const done = this.#tasks.shift()
      this.#watch()
      done?.resolve(inspected)
    })
    worker.on('error', (error) => this.#giveUp(isMemory(error) ? new GivenUp('memory') : error))
    worker.on('exit', (code) => this.#giveUp(new Error(`a thread ended with ${code}`)))
    return worker
  }

  /** The clock of the chunk that is under way. */
  #watch(): void {
    clearTimeout(this.#clock)
    const [first] = this.#tasks
    if (first) this.#clock = setTimeout(() => this.#giveUp(new GivenUp('time')), first.seconds * 1000)
  }

  /** The chunk under way fails; those behind it go to a new thread. */
  #giveUp(error: unknown): void {
    void this.end()
    this.#worker = undefined
    const [failed, ...others] = this.#tasks.splice(0)
    for (const task of others) this.#post(task)
    failed?.reject(error)
  }
}

function isMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
