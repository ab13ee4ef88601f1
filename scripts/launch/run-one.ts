import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface RunOutcome {
  /** What QEMU said of the guest, `running`; undefined where it never came so far. */
  readonly state: string | undefined
  readonly exit: number | null
  /** The first error that was told. */
  readonly error: string | undefined
  /** Files and processes that are still there. */
  readonly left: readonly string[]
}

export interface Place {
  readonly cli: readonly string[]
  readonly runtime: string
  readonly state: string
}

const patience = 60_000

/** Runs one domain until QEMU says how it is, ends it as a user would, and looks for what is left. */
export async function runOne(file: string, place: Place): Promise<RunOutcome> {
  const [node = '', ...words] = place.cli
  const args = [...words, 'run', file, '--runtime-dir', place.runtime, '--state-dir', place.state]
  const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let state: string | undefined
  const late = setTimeout(() => child.kill('SIGINT'), patience)
  const hear = (chunk: Buffer) => {
    said += chunk.toString()
    const found = /^domxml: .* is (\S+)\.$/m.exec(said)?.[1]
    if (found === undefined || state !== undefined) return
    state = found
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGINT'), 50)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const exit = await new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
  clearTimeout(late)
  return {
    state,
    exit,
    error: /^.*error: (.*)$/m.exec(said)?.[1] ?? (state ? undefined : said.slice(-300)),
    left: whatIsLeft(place.runtime),
  }
}

/** Folders of guests, and processes whose command line names them. */
export function whatIsLeft(runtime: string): string[] {
  const files = existsSync(runtime) ? readdirSync(runtime).map((name) => join(runtime, name)) : []
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return line.includes(`${runtime}/`) ? [`${pid}: ${line.slice(0, 80)}`] : []
      } catch {
        return []
      }
    })
  return [...files, ...processes]
}
