import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The emulator with which tests of a real start run; they are skipped where it is not installed. */
export const emulator = '/usr/bin/qemu-system-x86_64'

export function skippedWithout(programs: readonly string[], what: string): boolean {
  const lacking = programs.filter((program) => !existsSync(program))
  if (lacking.length > 0) console.warn(`SKIPPED ${what}: ${lacking.join(', ')} not installed`)
  return lacking.length > 0
}

/** Folders of one test, short enough for sockets. */
export function placeFor(name: string) {
  const base = mkdtempSync(join(tmpdir(), `dx-${name}-`))
  return { base, runtime: join(base, 'r'), state: join(base, 's') }
}

export type Place = ReturnType<typeof placeFor>

/** A `domxml run` in a process of its own. */
export class Started {
  readonly process: ChildProcess
  readonly exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  said = ''
  #place: Place

  constructor(
    cli: readonly string[],
    file: string,
    place: Place,
    more: readonly string[] = [],
    env: NodeJS.ProcessEnv = {},
    uid?: number,
  ) {
    const [node = '', ...words] = cli
    this.#place = place
    const args = [...words, 'run', file, '--runtime-dir', place.runtime, '--state-dir', place.state, ...more]
    this.process = spawn(node, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', ...env },
      ...(uid !== undefined && { uid, gid: uid }),
    })
    const hear = (chunk: Buffer) => {
      this.said += chunk.toString()
    }
    this.process.stdout?.on('data', hear)
    this.process.stderr?.on('data', hear)
    this.exit = new Promise((resolve) => this.process.on('close', (code, signal) => resolve({ code, signal })))
  }

  /** Until it has said so, or has ended. */
  async says(pattern: RegExp, patience = 120_000): Promise<void> {
    const deadline = performance.now() + patience
    while (!pattern.test(this.said)) {
      if (this.process.exitCode !== null || this.process.signalCode !== null || performance.now() > deadline) {
        throw new Error(`it never said ${pattern}: ${this.said}`)
      }
      await pause(20)
    }
  }

  /** Processes of the guest whose command line matches. */
  pids(pattern: RegExp): number[] {
    return processesOf(this.#place).flatMap(({ pid, line }) => (pattern.test(line) ? [pid] : []))
  }

  /** Ctrl-C, and once more when the guest has been asked: an empty guest does not hear it. */
  async end() {
    this.process.kill('SIGINT')
    await this.says(/asked to power down/)
    this.process.kill('SIGINT')
    return this.exit
  }
}

export const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time))

/** The processes that this one has started. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim()
    return children === '' ? [] : children.split(' ').map(Number)
  })
}

/** Processes that name the folders of a test. */
export function processesOf(place: Place): { pid: number; line: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return line.includes(place.base) ? [{ pid: Number(name), line }] : []
      } catch {
        return []
      }
    })
}

/** What is left of a guest: processes and folders; waits a while for the last of them to go. */
export async function left(place: Place, patience = 60_000): Promise<string[]> {
  const deadline = performance.now() + patience
  for (;;) {
    const files = existsSync(place.runtime) ? [place.runtime, ...readdirSync(place.runtime)] : []
    const found = [...files, ...processesOf(place).map(({ line }) => line.slice(0, 120))]
    if (found.length === 0 || performance.now() > deadline) return found
    await pause(50)
  }
}
