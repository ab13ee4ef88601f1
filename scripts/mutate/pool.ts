import { type ChildProcess, fork } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Job } from './worker.ts'

const file = join(dirname(fileURLToPath(import.meta.url)), 'worker.ts')

/** A worker that hung or died. */
export class Lost extends Error {}

/** A process with the bundle. One that gives no sign for `patience` seconds is ended; the next job gets a new one. */
export class Worker {
  readonly #bundle: string
  readonly #patience: number
  #child: ChildProcess | undefined

  constructor(bundle: string, patience = 60) {
    this.#bundle = bundle
    this.#patience = patience
  }

  get running(): boolean {
    return this.#child !== undefined
  }

  /** @throws `Lost` where the worker hangs or dies of the job */
  ask<T>(job: Job): Promise<T> {
    this.#child ??= fork(file, [this.#bundle], { execArgv: ['--max-old-space-size=6000', '--import', 'tsx'] })
    const child = this.#child
    return new Promise<T>((resolve, reject) => {
      const lose = () => {
        this.end()
        reject(new Lost())
      }
      let timer = setTimeout(lose, this.#patience * 1000)
      const listen = (message: 'alive' | { answer?: T; failed?: string }) => {
        clearTimeout(timer)
        if (message === 'alive') {
          timer = setTimeout(lose, this.#patience * 1000)
          return
        }
        child.removeAllListeners()
        if (message.failed === undefined) resolve(message.answer as T)
        else reject(new Error(message.failed))
      }
      child.on('message', listen)
      child.once('exit', () => {
        clearTimeout(timer)
        lose()
      })
      child.send(job)
    })
  }

  end(): void {
    const child = this.#child
    this.#child = undefined
    child?.removeAllListeners()
    child?.kill('SIGKILL')
  }
}
