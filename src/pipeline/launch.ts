import type { CommandLine } from '../argv/command-line.ts'
import { rule } from '../argv/piece.ts'
import type { Context } from '../context/context.ts'
import { domainDirectory } from '../context/domain-name.ts'
import { LaunchBuilder } from '../launch/builder.ts'
import type { LaunchPlan, LaunchWish } from '../launch/plan.ts'
import { eachDevice, planOf } from './each-device.ts'

/** What a start of a prepared definition needs beside its command line: sections first, then devices. */
export function planLaunch(context: Context, line: CommandLine, wish: LaunchWish): LaunchPlan {
  const plan = new LaunchBuilder(wish)
  planOf(context).steps.launch.now(context, plan)
  eachDevice(context, 'launch', (device, kind) => kind.launchDevice?.(device, context, plan))
  plan.qmp({ execute: 'cont', what: 'the guest runs', from: rule('launch/run') })
  const { needs, steps, dialogue, differences, lifecycle, console } = plan
  return {
    name: context.definition.name,
    folders: { runtime: wish.runtime, state: wish.state },
    needs,
    steps,
    line,
    monitor: `${domainDirectory(context)}/monitor.sock`,
    dialogue,
    console,
    lifecycle,
    differences,
  }
}

/** Bytes of a UNIX socket's path that the kernel takes: 108, with the zero at its end. */
const longestSocket = 107

/** A path that the kernel would cut is refused here: QEMU and helpers would say it less clearly. */
export function checkSockets(plan: LaunchPlan, context: Context): void {
  const helpers = plan.steps.flatMap((it) => (it.kind === 'helper' ? [it.socket] : []))
  const listened = plan.needs.flatMap((it) => (it.kind === 'free' ? [it.path] : []))
  const bytes = new TextEncoder()
  for (const path of new Set([plan.monitor, ...helpers, ...listened])) {
    const { length } = bytes.encode(path)
    if (length <= longestSocket) continue
    context.error({
      code: 'launch/socket-path-too-long',
      message: `The path of a socket has ${length} bytes, the kernel takes ${longestSocket}: ${path}`,
      hint: 'Choose a shorter folder with --runtime-dir.',
      when: 'start',
    })
  }
}
