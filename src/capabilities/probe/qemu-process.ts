import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Answer, Question } from '../dialogue.ts'
import { QmpClient, QmpError } from './qmp-client.ts'

/** Why QEMU could not be started at all. */
export class StartError extends Error {
  /** The system's code, e.g. `ENOENT`. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** How long a process that was asked to quit may take before it is killed. */
const patience = 2000

/** How long after its end the streams of a process may stay open. */
const patienceForStreams = 500

/** How much of stderr is kept: its end. */
const keptStderr = 4096

/** A QEMU without a guest, asked over its standard input and output. It never outlives `end`. */
export class QemuProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #client: QmpClient
  readonly #ended: Promise<void>
  #stderr = ''

  private constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#child = child
    this.#client = new QmpClient((text) => {
      if (child.stdin.writable) child.stdin.write(text)
    })
    // A process that is gone is reported by its exit, not by a broken pipe.
    child.stdin.on('error', () => undefined)
    child.stdout.on('data', (chunk: Buffer) => this.#client.receive(chunk))
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-keptStderr)
    })
    // close comes after the streams have ended, so that stderr is whole; a grandchild may hold them open for ever.
    child.on('exit', () => {
      setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
      }, patienceForStreams).unref()
    })
    this.#ended = once(child, 'close').then(
      ([code, signal]) => this.#client.close(signal ? `ended by ${signal}` : `ended with status ${code}`),
      (error: Error) => this.#client.close(error.message),
    )
  }

  /**
   * Starts a binary and negotiates. Throws a StartError where the system cannot run it, a QmpError where it is no QEMU
   * or does not greet in time.
   */
  static async start(binary: string, accelerators: string, timeout: number): Promise<QemuProcess> {
    const options = ['-S', '-no-user-config', '-nodefaults', '-nographic', '-qmp', 'stdio']
    const args = [...options, '-machine', `none,accel=${accelerators}`]
    const child = spawn(binary, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    const qemu = new QemuProcess(child)
    try {
      await spawned(child)
      await within(qemu.#client.greeting, timeout)
      await qemu.ask({ execute: 'qmp_capabilities' }, timeout)
      return qemu
    } catch (error) {
      await qemu.end()
      throw error instanceof QmpError ? qemu.#explained(error) : error
    }
  }

  async ask(question: Question, timeout: number): Promise<Answer> {
    try {
      return await this.#client.ask(question, timeout)
    } catch (error) {
      throw error instanceof QmpError ? this.#explained(error) : error
    }
  }

  /** Ends the process, kindly and then by force, and waits until it is gone. */
  async end(): Promise<void> {
    if (this.#child.pid === undefined) return
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const force = setTimeout(() => this.#child.kill('SIGKILL'), patience)
      if (this.#child.stdin.writable) this.#child.stdin.end('{"execute": "quit"}\n')
      this.#child.kill('SIGTERM')
      await this.#ended
      clearTimeout(force)
    }
    await this.#ended
  }

  #explained(error: QmpError): QmpError {
    const said = this.#stderr.trim()
    return said === '' ? error : new QmpError(error.fault, `${error.message}; it said: ${said}`)
  }
}

async function spawned(child: ChildProcessByStdio<Writable, Readable, Readable>): Promise<void> {
  if (child.pid !== undefined) return
  const [error] = (await once(child, 'error')) as [NodeJS.ErrnoException]
  throw new StartError(error.code ?? '', error.message)
}

async function within<T>(promise: Promise<T>, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new QmpError('timeout', `no greeting within ${timeout / 1000} s`)), timeout)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
