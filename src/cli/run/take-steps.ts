import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import {
  beside,
  type CommandStep,
  type DescriptorStep,
  type FileStep,
  type FolderStep,
  type HelperStep,
  type RebindStep,
  type Step,
} from '../../launch/plan.ts'
import { Child } from './child.ts'
import type { Keeper } from './keeper.ts'
import { LaunchError, reasonOf } from './launch-error.ts'
import { listens } from './listens.ts'
import { findProgram } from './programs.ts'

/** What the steps of a start share. */
export interface Taking {
  readonly keeper: Keeper
  readonly masterKey: Uint8Array
  /** The guest's own folder: what lies in it goes with it. */
  readonly runtime: string
  /** Ends the waiting for a helper. */
  readonly signal: AbortSignal
}

/** What has been started and opened. */
export interface Taken {
  readonly helpers: { readonly step: HelperStep; readonly child: Child }[]
  /** Open files by the descriptor that QEMU shall have them as. */
  readonly descriptors: Map<number, number>
}

type Takers = {
  readonly [K in Step['kind']]: (step: Extract<Step, { kind: K }>, taking: Taking, taken: Taken) => void | Promise<void>
}

const takers: Takers = {
  folder: makeFolder,
  file: makeFile,
  command: runCommand,
  helper: startHelper,
  rebind,
  descriptor: openDescriptor,
}

/** Takes the steps one after another; each hands in how it is undone before it is taken. Throws a LaunchError. */
export async function takeSteps(steps: readonly Step[], taking: Taking): Promise<Taken> {
  const taken: Taken = { helpers: [], descriptors: new Map() }
  for (const step of steps) {
    taking.signal.throwIfAborted()
    const take = takers[step.kind] as (step: Step, taking: Taking, taken: Taken) => void | Promise<void>
    try {
      await take(step, taking, taken)
    } catch (error) {
      throw error instanceof LaunchError || taking.signal.aborted ? error : failed(step, error)
    }
  }
  return taken
}

function failed(step: Step, error: unknown): LaunchError {
  const path = 'path' in step ? ` (${step.path})` : ''
  return new LaunchError('failed', `No ${step.what}${path}: ${reasonOf(error)}.`)
}

function makeFolder({ path, lasting }: FolderStep, { keeper, runtime }: Taking): void {
  if (existsSync(path)) return
  if (!path.startsWith(`${runtime}/`)) {
    for (const above of missingAbove(path)) keeper.undo('rmdir', '--', above)
    // What lasts stays, but not where nothing came to lie in it.
    if (lasting) keeper.undo('rmdir', '--', path)
    else keeper.undo('rm', '-rf', '--', path)
  }
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

/** The folders that must be made for one, from the top down. */
function missingAbove(path: string): string[] {
  const above = dirname(path)
  return existsSync(above) ? [] : [...missingAbove(above), above]
}

function makeFile({ path, content, lasting }: FileStep, { keeper, masterKey }: Taking): void {
  if (lasting && existsSync(path)) return
  const half = `${path}.new-${process.pid}`
  keeper.undo('rm', '-f', '--', half)
  if (content.kind === 'copy') {
    copyFileSync(content.of, half)
    chmodSync(half, 0o600)
  } else {
    const bytes = content.kind === 'text' ? content.text : content.kind === 'secret' ? content.bytes : masterKey
    writeFileSync(half, bytes, { mode: 0o600 })
  }
  // What lasts is never overwritten: a start of the same guest may have been faster.
  if (lasting) linkSync(half, path)
  else renameSync(half, path)
  if (lasting) rmSync(half)
}

async function runCommand({ argv, fills, undo, what }: CommandStep, { keeper }: Taking): Promise<void> {
  if (fills !== undefined) {
    if (existsSync(fills)) return
    const half = beside(fills)
    for (const above of missingAbove(half)) keeper.undo('rmdir', '--', above)
    keeper.undo('rm', '-rf', '--', half)
    rmSync(half, { recursive: true, force: true })
    mkdirSync(half, { recursive: true, mode: 0o700 })
  }
  if (undo) keeper.undo(...found(undo))
  const child = new Child(keeper.spawn(found(argv), { stdio: ['ignore', 'pipe', 'pipe'] }))
  const { code, signal } = await child.ended
  if (code === 0 && fills !== undefined) renameSync(beside(fills), fills)
  if (code === 0) return
  throw new LaunchError('helper-failed', `${argv[0]} did not make ${what}: ${child.words(code, signal)}`)
}

async function startHelper(step: HelperStep, { keeper, signal }: Taking, taken: Taken): Promise<void> {
  keeper.undo('rm', '-f', '--', step.socket)
  rmSync(step.socket, { force: true })
  const child = new Child(keeper.spawn(found(step.argv), { stdio: ['ignore', 'pipe', 'pipe'] }))
  taken.helpers.push({ step, child })
  const deadline = performance.now() + patience
  while (!listens(step.socket)) {
    signal.throwIfAborted()
    if (child.result !== undefined) {
      const { code, signal: by } = child.result
      throw new LaunchError('helper-failed', `${step.name} ended before it listened: ${child.words(code, by)}`)
    }
    if (performance.now() > deadline) {
      throw new LaunchError('helper-failed', `${step.name} does not listen on ${step.socket}: ${child.said}`)
    }
    await child.wait(pause)
  }
}

/** How long a helper may take until it listens, and how often it is looked at, in milliseconds. */
const patience = 30_000
const pause = 10

function found(argv: readonly string[]): string[] {
  const [name = '', ...rest] = argv
  return [findProgram(name) ?? name, ...rest]
}

function rebind({ address, driver }: RebindStep, { keeper }: Taking): void {
  const device = `/sys/bus/pci/devices/${address}`
  const before = existsSync(`${device}/driver`) ? basename(readlinkSync(`${device}/driver`)) : undefined
  if (before === driver) return
  keeper.undo('give_back', address, before ?? '')
  writeFileSync(`${device}/driver_override`, driver)
  if (before !== undefined) writeFileSync(`${device}/driver/unbind`, address)
  writeFileSync('/sys/bus/pci/drivers_probe', address)
  const after = existsSync(`${device}/driver`) ? basename(readlinkSync(`${device}/driver`)) : 'nobody'
  if (after !== driver)
    throw new LaunchError('rebind', `${address} is driven by ${after}, not by ${driver}.`, `Load the module ${driver}.`)
}

function openDescriptor(step: DescriptorStep, _taking: Taking, taken: Taken): void {
  const path =
    step.interface === undefined
      ? step.path
      : step.path.replace('{ifindex}', readFileSync(`/sys/class/net/${step.interface}/ifindex`, 'utf8').trim())
  taken.descriptors.set(step.fd, openSync(path, 'r+'))
}
