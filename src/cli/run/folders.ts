import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import type { LaunchWish } from '../../launch/plan.ts'

export interface FolderFlags {
  readonly runtimeDir?: string | undefined
  readonly stateDir?: string | undefined
}

const isRoot = () => process.getuid?.() === 0

/** Below it each guest has a folder of its own: XDG_RUNTIME_DIR, the user's, or a folder for temporary files. */
function runtimeBase(env: NodeJS.ProcessEnv): string {
  const given = env.XDG_RUNTIME_DIR
  if (given !== undefined && isAbsolute(given)) return join(given, 'domxml')
  const uid = process.getuid?.() ?? 0
  const own = uid === 0 ? '/run' : `/run/user/${uid}`
  return existsSync(own) ? join(own, 'domxml') : join(tmpdir(), `domxml-${uid}`)
}

/** What lasts: XDG_STATE_HOME, by default `~/.local/state`. */
function stateBase(env: NodeJS.ProcessEnv): string {
  const given = env.XDG_STATE_HOME
  return join(given !== undefined && isAbsolute(given) ? given : join(homedir(), '.local', 'state'), 'domxml')
}

/** Longest part of a guest's name in its folder: paths of sockets are short. */
const longestName = 20

/** Where a guest's things lie; the same for each start of it, so that two are told apart. */
export function foldersOf(
  guest: { readonly name: string; readonly uuid?: string | undefined },
  flags: FolderFlags,
  env: NodeJS.ProcessEnv = process.env,
): LaunchWish {
  const tag = createHash('sha256')
    .update(guest.uuid ?? guest.name)
    .digest('hex')
    .slice(0, 8)
  const short = [...guest.name.replace(/[^A-Za-z0-9._-]/g, '_')].slice(0, longestName).join('')
  const base = flags.runtimeDir === undefined ? runtimeBase(env) : resolve(flags.runtimeDir)
  return {
    runtime: join(base, `${short}-${tag}`),
    state: flags.stateDir === undefined ? stateBase(env) : resolve(flags.stateDir),
    privileged: isRoot(),
    tag,
  }
}
