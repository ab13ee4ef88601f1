import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import type { Keeper } from './keeper.ts'
import { LaunchError, reasonOf } from './launch-error.ts'
import { startTime } from './start-time.ts'

/** Who made a guest's folder: the id and start of the process, and a word that no other start has. */
interface Owner {
  readonly pid: number
  readonly started: string
}

function ownerOf(folder: string): Owner | undefined {
  try {
    const [pid, started = ''] = readFileSync(join(folder, 'owner'), 'utf8').split(' ')
    return { pid: Number(pid), started }
  } catch {
    return undefined
  }
}

/**
 * Makes the guest's own folder, which nobody else may enter, in one step: a second start of the guest finds it there
 * and is refused. What a start left behind that nobody could undo (a lost machine) is removed.
 */
export async function takeFolder(folder: string, monitor: string, keeper: Keeper): Promise<void> {
  const token = randomUUID()
  const owner = `${process.pid} ${startTime(process.pid)} ${token}`
  const beside = `${folder}.${token}`
  keeper.undo('rmdir', '--', dirname(folder))
  keeper.undo('rm', '-rf', '--', beside)
  try {
    mkdirSync(beside, { recursive: true, mode: 0o700 })
    writeFileSync(join(beside, 'owner'), owner)
  } catch (error) {
    throw new LaunchError('failed', `No folder for the guest (${folder}): ${reasonOf(error)}.`, 'Use --runtime-dir.')
  }
  keeper.undo('remove_own', folder, owner)
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      renameSync(beside, folder)
      chmodSync(folder, 0o700)
      return
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
      await clearStale(folder, monitor)
    }
  }
  throw new LaunchError('taken', `Another start of this guest has just taken ${folder}.`)
}

async function clearStale(folder: string, monitor: string): Promise<void> {
  const owner = ownerOf(folder)
  if (owner !== undefined && startTime(owner.pid) === owner.started) {
    throw new LaunchError(
      'taken',
      `This guest runs already: process ${owner.pid} has started it.`,
      `End it, or give the other one a name and UUID of its own.`,
    )
  }
  if (await answers(monitor)) {
    throw new LaunchError(
      'taken',
      `This guest runs already, and who started it is gone: its QEMU listens on ${monitor}.`,
      'End that QEMU first.',
    )
  }
  rmSync(folder, { recursive: true, force: true })
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket)
    connection.on('connect', () => {
      connection.destroy()
      resolve(true)
    })
    connection.on('error', () => resolve(false))
  })
}
