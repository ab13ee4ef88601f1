import type { Answered, Name, Questions } from './protocol.ts'

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (problem: Error) => void
}

/** Asks the core, which works in a thread of its own: the page never waits for it. */
export class Core {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'domxml' })
  readonly #waiting = new Map<number, Waiting>()
  readonly #latest = new Map<Name, number>()
  #count = 0

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Answered>) => {
      const waiting = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      if ('problem' in data) waiting?.reject(new Error(data.problem))
      else waiting?.resolve(data.answer as never)
    }
  }

  ask<N extends Name>(name: N, ask: Questions[N]['ask']): Promise<Questions[N]['answer']> {
    const id = ++this.#count
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, name, ask })
    })
  }

  /** The same, but only the latest of its kind is answered: undefined where it was overtaken. */
  async askLatest<N extends Name>(
    name: N,
    ask: Questions[N]['ask'],
  ): Promise<{ answer: Questions[N]['answer'] } | undefined> {
    const turn = (this.#latest.get(name) ?? 0) + 1
    this.#latest.set(name, turn)
    const answer = await this.ask(name, ask)
    return this.#latest.get(name) === turn ? { answer } : undefined
  }
}
