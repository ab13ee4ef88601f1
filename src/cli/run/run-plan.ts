import { constants } from 'node:os'
import { argumentText } from '../../argv/command-line.ts'
import { toJson } from '../../argv/print.ts'
import { QmpError } from '../../capabilities/probe/qmp-client.ts'
import { type JsonObject, textOf } from '../../json/loose.ts'
import type { LaunchPlan } from '../../launch/plan.ts'
import { Child } from './child.ts'
import { type Attached, attachConsole } from './console.ts'
import { holdDialogue } from './hold-dialogue.ts'
import { Keeper } from './keeper.ts'
import { LaunchError } from './launch-error.ts'
import { Monitor } from './monitor.ts'
import { takeFolder } from './own-folder.ts'
import { takeSteps } from './take-steps.ts'

export interface RunOptions {
  readonly masterKey: Uint8Array
  readonly console: boolean
  /** Tells the user what goes on. */
  readonly say: (text: string) => void
  /** What QEMU says. */
  readonly onStderr: (chunk: Buffer) => void
}

/** Thrown where the user has ended the start before the guest ran. */
export class Interrupted extends Error {}

/**
 * Starts a guest, stays with it, and undoes all that was made for it, whatever happens: it ends by itself, by a signal
 * to this process, or by the end of QEMU or of a helper.
 * @returns QEMU's exit status, 128 and the signal's number where one ended it
 */
export async function runPlan(plan: LaunchPlan, options: RunOptions): Promise<number> {
  const keeper = new Keeper()
  const run = new Run(plan, options, keeper)
  run.listenToSignals()
  process.umask(0o077)
  try {
    return await run.toTheEnd()
  } finally {
    await run.letGo()
    await keeper.end()
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

class Run {
  readonly #plan: LaunchPlan
  readonly #options: RunOptions
  readonly #keeper: Keeper
  readonly #aborting = new AbortController()
  #qemu: Child | undefined
  #monitor: Monitor | undefined
  #attached: Attached | undefined
  #isRunning = false
  #wasAsked = false
  #hasRun = false

  constructor(plan: LaunchPlan, options: RunOptions, keeper: Keeper) {
    this.#plan = plan
    this.#options = options
    this.#keeper = keeper
  }

  /** To the end of the process: a second Ctrl-C that comes when all is done must not change its exit status. */
  listenToSignals(): void {
    for (const signal of signals) process.on(signal, () => this.#end())
  }

  async toTheEnd(): Promise<number> {
    const { steps, folders, monitor, needs } = this.#plan
    const { signal } = this.#aborting
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })
    aborted.catch(() => undefined)
    const keeperLost = this.#keeper.lost
    keeperLost.catch(() => undefined)
    await takeFolder(folders.runtime, monitor, this.#keeper)
    const { masterKey } = this.#options
    const taken = await takeSteps(steps, { keeper: this.#keeper, masterKey, runtime: folders.runtime, signal })
    // QEMU leaves its sockets where it is killed, and those of VNC always.
    for (const { kind, path } of needs) if (kind === 'free') this.#keeper.undo('rm', '-f', '--', path)
    const qemu = this.#startQemu(taken.descriptors)
    this.#qemu = qemu
    const helperLost = taken.helpers.map(async ({ step, child }) => {
      const { code, signal: by } = await child.ended
      // One that follows QEMU may be a little ahead of it.
      await qemu.wait(grace)
      if (qemu.result === undefined)
        throw new LaunchError('helper-lost', `${step.name} has ended: ${child.words(code, by)}`)
      return new Promise<never>(() => undefined)
    })
    for (const lost of helperLost) lost.catch(() => undefined)
    const watched = [aborted, keeperLost, ...helperLost]
    await Promise.race([this.#talk(qemu).catch((error: unknown) => this.#hungUp(error, qemu)), ...watched])
    const { code, signal: by } = await Promise.race([qemu.ended, ...watched])
    if (by !== null) {
      this.#options.say(`QEMU was ended by ${by}.`)
      return signalBase + constants.signals[by]
    }
    return code ?? 0
  }

  /** The terminal is given back, and QEMU is ended where it still runs. */
  async letGo(): Promise<void> {
    this.#attached?.detach()
    if (this.#qemu !== undefined && this.#qemu.result === undefined) {
      this.#monitor?.tell({ execute: 'quit' }).catch(() => undefined)
      await this.#qemu.wait(grace)
    }
    this.#monitor?.close()
  }

  #startQemu(descriptors: ReadonlyMap<number, number>): Child {
    const { line } = this.#plan
    const { env, args } = toJson(line)
    const stdio: ('ignore' | 'pipe' | number)[] = ['ignore', 'pipe', 'pipe']
    for (const [fd, open] of [...descriptors].sort(([a], [b]) => a - b)) stdio[fd] = open
    const qemu = new Child(this.#keeper.spawn([argumentText(line.binary), ...args], { env, stdio }))
    qemu.process.stdout?.on('data', (chunk: Buffer) => this.#options.onStderr(chunk))
    qemu.process.stderr?.on('data', (chunk: Buffer) => {
      if (this.#isRunning) this.#options.onStderr(chunk)
    })
    return qemu
  }

  async #talk(qemu: Child): Promise<void> {
    const { monitor: path, dialogue, console } = this.#plan
    const monitor = await Monitor.connect(path, qemu, this.#aborting.signal, (name, data) => this.#onEvent(name, data))
    this.#monitor = monitor
    if (this.#options.console) {
      if (console === undefined)
        throw new LaunchError('no-console', 'The guest has no console.', 'Add <serial type="pty"/>.')
      this.#attached = await attachConsole(console, monitor, () => this.#end())
    }
    this.#isRunning = true
    await holdDialogue(dialogue, { monitor, keeper: this.#keeper, pid: qemu.process.pid ?? 0 })
  }

  /** A monitor that hangs up has lost its QEMU, which says why; a guest that crashed at once has run all the same. */
  async #hungUp(error: unknown, qemu: Child): Promise<void> {
    if (!(error instanceof QmpError)) throw error
    await qemu.wait(grace)
    if (!this.#hasRun) throw new LaunchError('qemu-failed', `QEMU has ended before the guest ran: ${qemu.said}`)
  }

  #onEvent(name: string, data: JsonObject): void {
    const { lifecycle, name: guest } = this.#plan
    if (name === 'RESUME' && !this.#hasRun) {
      this.#hasRun = true
      this.#options.say(`${guest} is running.`)
    } else if (name === 'SHUTDOWN') {
      const isReset = textOf(data.reason) === 'guest-reset'
      const action = isReset ? lifecycle.reboot : lifecycle.poweroff
      this.#act(this.#wasAsked ? 'destroy' : action)
    } else if (name === 'GUEST_PANICKED') this.#act(lifecycle.crash)
  }

  #act(action: 'destroy' | 'restart' | 'preserve'): void {
    const monitor = this.#monitor
    if (action === 'destroy') monitor?.tell({ execute: 'quit' }).catch(() => undefined)
    if (action !== 'restart') return
    monitor
      ?.tell({ execute: 'system_reset' })
      .then(() => monitor.tell({ execute: 'cont' }))
      .catch(() => undefined)
  }

  #kill(): void {
    this.#act('destroy')
    setTimeout(() => this.#qemu?.process.kill('SIGKILL'), grace).unref()
  }

  /** The first time the guest is asked to power down; the second time it is ended. */
  #end(): void {
    if (!this.#isRunning) this.#aborting.abort(new Interrupted())
    else if (this.#wasAsked) this.#kill()
    else {
      this.#wasAsked = true
      this.#options.say('The guest is asked to power down; once more ends it at once.')
      this.#monitor?.tell({ execute: 'system_powerdown' }).catch(() => undefined)
    }
  }
}

/** Milliseconds in which QEMU may end by itself. */
const grace = 2000

const signalBase = 128
