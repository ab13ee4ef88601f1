import { isObject, type Json, type JsonObject, objectOf, textOf } from '../../json/loose.ts'
import { type Answer, answerOf, type Question } from '../dialogue.ts'

/** Why a QMP connection gives no answer. */
export type QmpFault = 'closed' | 'timeout' | 'protocol'

export class QmpError extends Error {
  readonly fault: QmpFault

  constructor(fault: QmpFault, message: string) {
    super(message)
    this.fault = fault
  }
}

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: QmpError) => void
}

/** No line of QEMU comes near this; the schema, the longest, has 200 kB. */
const longestLine = 64 * 1024 * 1024

/**
 * The client's side of the QEMU Machine Protocol (QEMU, docs/interop/qmp-spec), whatever carries it. Lines may come in
 * pieces and answers in any order; events go to whoever listens. After `close` or a fault everything is refused at once.
 */
export class QmpClient {
  readonly #send: (text: string) => void
  readonly #onEvent: (name: string, data: JsonObject) => void
  readonly #decoder = new TextDecoder()
  readonly #waiting = new Map<string, Waiting>()
  #pieces: string[] = []
  #size = 0
  #count = 0
  #fault: QmpError | undefined
  #greet!: { resolve: () => void; reject: (error: QmpError) => void }

  /** Settles when the server has greeted. */
  readonly greeting: Promise<void>

  /** @param onEvent called with each event and its data */
  constructor(send: (text: string) => void, onEvent: (name: string, data: JsonObject) => void = () => undefined) {
    this.#send = send
    this.#onEvent = onEvent
    this.greeting = new Promise((resolve, reject) => {
      this.#greet = { resolve, reject }
    })
    this.greeting.catch(() => undefined)
  }

  /** Bytes of the server, cut anywhere. */
  receive(chunk: Uint8Array): void {
    const [first = '', ...rest] = this.#decoder.decode(chunk, { stream: true }).split('\n')
    this.#keep(first)
    for (const piece of rest) {
      const line = this.#pieces.join('')
      this.#pieces = []
      this.#size = 0
      if (line.trim() !== '') this.#line(line)
      this.#keep(piece)
    }
  }

  /** The connection has ended: whoever waits is refused, with the reason. */
  close(reason: string): void {
    this.#fail(new QmpError('closed', reason))
  }

  /** Asks, and waits at most `timeout` milliseconds. A time-out ends the connection: a late answer fits no question. */
  ask(question: Question, timeout: number): Promise<Answer> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault)
    const id = `domxml-${++this.#count}`
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#fail(new QmpError('timeout', `no answer to ${question.execute} within ${timeout / 1000} s`))
      }, timeout)
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer)
          this.#waiting.delete(id)
          settle(value)
        }
      }
      this.#waiting.set(id, { resolve: settled(resolve), reject: settled(reject) })
      this.#send(`${JSON.stringify({ ...question, id })}\n`)
    })
  }

  #keep(piece: string): void {
    this.#pieces.push(piece)
    this.#size += piece.length
    if (this.#size > longestLine) this.#fail(new QmpError('protocol', 'a line without an end'))
  }

  #line(line: string): void {
    let message: Json
    try {
      message = JSON.parse(line)
    } catch {
      this.#fail(new QmpError('protocol', `not QMP: ${line.slice(0, 80)}`))
      return
    }
    if (!isObject(message)) this.#fail(new QmpError('protocol', `not QMP: ${line.slice(0, 80)}`))
    else if (isObject(message.QMP)) this.#greet.resolve()
    else if (message.event === undefined) this.#answer(message)
    else this.#onEvent(textOf(message.event) ?? '', objectOf(message.data))
  }

  #answer(message: Json): void {
    const waiting = this.#waiting.get((isObject(message) && textOf(message.id)) || '')
    if (waiting === undefined) return
    try {
      waiting.resolve(answerOf(message))
    } catch (error) {
      this.#fail(new QmpError('protocol', error instanceof Error ? error.message : 'an answer without a value'))
    }
  }

  #fail(error: QmpError): void {
    this.#fault ??= error
    this.#greet.reject(error)
    for (const waiting of [...this.#waiting.values()]) waiting.reject(error)
  }
}
