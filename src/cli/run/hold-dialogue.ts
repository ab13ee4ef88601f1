import { listOf, objectOf, objectsOf, textOf } from '../../json/loose.ts'
import type { DialogueStep, PinStep, PlugStep, QmpStep } from '../../launch/plan.ts'
import { Child } from './child.ts'
import type { Keeper } from './keeper.ts'
import { LaunchError } from './launch-error.ts'
import type { Monitor } from './monitor.ts'
import { findProgram } from './programs.ts'

/** What a dialogue is held with. */
export interface Talking {
  readonly monitor: Monitor
  readonly keeper: Keeper
  readonly pid: number
}

type Holders = {
  readonly [K in DialogueStep['kind']]: (step: Extract<DialogueStep, { kind: K }>, talking: Talking) => Promise<void>
}

const holders: Holders = { qmp: command, pin, 'plug-cpu': plugCpu }

/** One step after another; the last lets the guest run. */
export async function holdDialogue(steps: readonly DialogueStep[], talking: Talking): Promise<void> {
  for (const step of steps) {
    const hold = holders[step.kind] as (step: DialogueStep, talking: Talking) => Promise<void>
    await hold(step, talking)
  }
}

async function command(step: QmpStep, { monitor }: Talking): Promise<void> {
  const question = { execute: step.execute, ...(step.arguments && { arguments: step.arguments }) }
  if (step.optional) await monitor.ask(question)
  else await monitor.value(question)
}

/** The threads of QEMU: its own by the process, others by what the monitor says of them. */
async function pin({ thread, cpus }: PinStep, { monitor, keeper, pid }: Talking): Promise<void> {
  const id = await threadId(thread, monitor, pid)
  if (id === undefined) throw new LaunchError('no-thread', `QEMU has no thread to pin: ${JSON.stringify(thread)}.`)
  const argv = [findProgram('taskset') ?? 'taskset', '-p', '-c', cpus, `${id}`]
  const child = new Child(keeper.spawn(argv, { stdio: ['ignore', 'pipe', 'pipe'] }))
  const { code } = await child.ended
  if (code !== 0) throw new LaunchError('pin-failed', `A thread cannot run on the CPUs ${cpus}: ${child.said}`)
}

async function threadId(thread: PinStep['thread'], monitor: Monitor, pid: number): Promise<number | undefined> {
  if (thread === 'emulator') return pid
  const wantsCpu = 'vcpu' in thread
  const answer = await monitor.value({ execute: wantsCpu ? 'query-cpus-fast' : 'query-iothreads' })
  const found = objectsOf(answer).find((it) =>
    'vcpu' in thread ? it['cpu-index'] === thread.vcpu : it.id === thread.iothread,
  )
  const id = found?.['thread-id']
  return typeof id === 'number' ? id : undefined
}

/** Places of CPUs in their order, of which those with a `qom-path` are taken. */
async function plugCpu({ vcpu }: PlugStep, { monitor }: Talking): Promise<void> {
  const places = listOf(await monitor.value({ execute: 'query-hotpluggable-cpus' })).map((it) => objectOf(it))
  // QEMU lists them from the last to the first.
  const place = [...places].reverse()[vcpu]
  const type = textOf(place?.type)
  if (place === undefined || type === undefined || place['qom-path'] !== undefined) {
    throw new LaunchError('no-cpu', `QEMU has no free place for the virtual CPU ${vcpu}.`)
  }
  const args = { driver: type, id: `vcpu${vcpu}`, ...objectOf(place.props) }
  await monitor.value({ execute: 'device_add', arguments: args })
}
