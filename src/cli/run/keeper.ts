import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { shellQuote } from '../../argv/quote.ts'
import { LaunchError } from './launch-error.ts'
import { startTime } from './start-time.ts'

/**
 * Undoes a start, whatever becomes of the process that made it. It reads one shell command a line and, when nobody can
 * write any more, runs them last line first. Every process of a start hands in its own line before it becomes what it
 * is: there is no moment at which one runs and could be forgotten.
 */
const keeperScript = `
trap '' HUP INT QUIT TERM
undo=
while IFS= read -r line; do undo="$line
$undo"; done
started() { [ "\${20}" = "$since" ]; }
is_ours() {
  since=$2
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -f
  started \${stat##*) }
}
end() {
  is_ours "$1" "$2" || return 0
  kill -s TERM -- "-$1" 2>/dev/null
  tries=0
  while is_ours "$1" "$2"; do
    case \${stat##*) } in Z*) return 0 ;; esac
    tries=$((tries + 1))
    [ "$tries" = 60 ] && kill -s KILL -- "-$1" 2>/dev/null
    [ "$tries" = 80 ] && return 0
    sleep 0.05
  done
}
remove_own() { [ "$(cat "$1/owner" 2>/dev/null)" != "$2" ] || rm -rf -- "$1"; }
give_back() {
  device=/sys/bus/pci/devices/$1
  echo >"$device/driver_override"
  echo "$1" >"$device/driver/unbind"
  [ -z "$2" ] || echo "$1" >"/sys/bus/pci/drivers/$2/bind"
}
{ eval "$undo"; } 2>/dev/null
`

/** Writes the line that ends this very process, then becomes the program. */
const registering = `t() { echo "end $$ \${20}" >&9; }
read -r stat </proc/self/stat
set -f
t \${stat##*) }
set +f
exec 9>&-
exec "$@"`

/** Where in a child the keeper's pipe is; a shell knows descriptors of one digit. */
const journal = 9

export interface Spawning {
  readonly env?: NodeJS.ProcessEnv
  /** What the child has as descriptors 0, 1, 2 and on. */
  readonly stdio: readonly ('ignore' | 'inherit' | 'pipe' | number)[]
}

export class Keeper {
  readonly #process: ChildProcess
  readonly #pipe: Writable
  readonly #lines: string[] = []
  readonly #ended: Promise<unknown>
  #isDone = false

  constructor() {
    this.#process = spawn('/bin/sh', ['-c', keeperScript], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
    this.#pipe = this.#process.stdin as Writable
    this.#pipe.on('error', () => undefined)
    this.#ended = once(this.#process, 'exit').catch(() => undefined)
  }

  /** Rejects when the keeper has gone before its time. */
  get lost(): Promise<never> {
    return this.#ended.then(() => (this.#isDone ? new Promise<never>(() => undefined) : Promise.reject(keeperLost())))
  }

  /** A shell command that undoes something, handed in before it is done. */
  undo(...words: string[]): void {
    const line = words.map(shellQuote).join(' ')
    if (line.includes('\n')) throw new Error('a path with a line break cannot be undone')
    this.#lines.push(line)
    this.#pipe.write(`${line}\n`)
  }

  /**
   * Starts a process of its own session that is ended with the rest.
   * @throws LaunchError where the keeper has gone: nobody would end the process
   */
  spawn(argv: readonly string[], { env, stdio }: Spawning): ChildProcess {
    if (this.#pipe.destroyed) throw keeperLost()
    const all: unknown[] = [...stdio]
    while (all.length < journal) all.push('ignore')
    all[journal] = this.#pipe
    const child = spawn('/bin/sh', ['-c', registering, 'sh', ...argv], {
      stdio: all as never,
      detached: true,
      ...(env && { env }),
    })
    child.on('error', () => undefined)
    if (child.pid !== undefined) this.#lines.push(...registration(child.pid))
    return child
  }

  /** Undoes everything and waits until it is done; another shell takes over where the first was killed. */
  async end(): Promise<void> {
    const wasKilled = this.#process.exitCode !== null || this.#process.signalCode !== null
    this.#isDone = true
    if (wasKilled) {
      const second = spawn('/bin/sh', ['-c', keeperScript], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
      second.stdin.on('error', () => undefined)
      second.stdin.end(`${this.#lines.join('\n')}\n`)
      await once(second, 'exit')
      return
    }
    this.#pipe.end()
    await this.#ended
  }
}

function keeperLost(): LaunchError {
  return new LaunchError('keeper-lost', 'The process that undoes the start was ended.')
}

/** What a second keeper must know of a process that told only the first. */
function registration(pid: number): string[] {
  const started = startTime(pid)
  return started === undefined ? [] : [`end ${pid} ${started}`]
}
