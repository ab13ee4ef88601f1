import { connect, type Socket } from 'node:net'
import type { Answer, Question } from '../../capabilities/dialogue.ts'
import { QmpClient, QmpError } from '../../capabilities/probe/qmp-client.ts'
import type { Json, JsonObject } from '../../json/loose.ts'
import type { Child } from './child.ts'
import { LaunchError } from './launch-error.ts'

/** Milliseconds until an unanswered question counts as lost. */
const patience = 60_000
const pause = 20

/** The monitor of a running QEMU. */
export class Monitor {
  readonly #socket: Socket
  readonly #client: QmpClient

  private constructor(socket: Socket, onEvent: (name: string, data: JsonObject) => void) {
    this.#socket = socket
    this.#client = new QmpClient((text) => socket.write(text), onEvent)
    socket.on('data', (chunk: Buffer) => this.#client.receive(chunk))
    socket.on('close', () => this.#client.close('QEMU has hung up'))
    socket.on('error', () => undefined)
  }

  /** Waits until QEMU listens, as long as it lives, and negotiates. */
  static async connect(
    path: string,
    qemu: Child,
    signal: AbortSignal,
    onEvent: (name: string, data: JsonObject) => void,
  ): Promise<Monitor> {
    for (;;) {
      signal.throwIfAborted()
      if (qemu.result !== undefined) throw new LaunchError('qemu-failed', `QEMU did not start: ${qemu.said}`)
      const socket = await attempt(path)
      if (socket !== undefined) {
        const monitor = new Monitor(socket, onEvent)
        await monitor.#client.greeting
        await monitor.ask({ execute: 'qmp_capabilities' })
        return monitor
      }
      await qemu.wait(pause)
    }
  }

  async ask(question: Question): Promise<Answer> {
    return this.#client.ask(question, patience)
  }

  /** The answer's value; throws where QEMU refuses. */
  async value(question: Question): Promise<Json> {
    const { error, return: value } = await this.ask(question)
    if (error) throw new LaunchError('qemu-refuses', `QEMU refuses ${question.execute}: ${error.desc}`)
    return value ?? null
  }

  /** Asks without caring for the answer: QEMU may be gone before it comes. */
  async tell(question: Question): Promise<void> {
    await this.ask(question).catch((error: unknown) => {
      if (!(error instanceof QmpError)) throw error
    })
  }

  close(): void {
    this.#socket.destroy()
  }
}

function attempt(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
}
