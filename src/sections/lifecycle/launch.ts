import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import type { LifecycleAction } from '../../launch/plan.ts'
import { own } from '../../own.ts'

const actions: { readonly [word: string]: LifecycleAction } = {
  destroy: 'destroy',
  restart: 'restart',
  preserve: 'preserve',
  'coredump-destroy': 'destroy',
  'coredump-restart': 'restart',
}

/** What the starter does when the guest powers off, reboots or crashes; QEMU itself is told of reboots. */
export function launchLifecycle(context: Context, plan: LaunchBuilder): void {
  const { definition, capabilities } = context
  const { on_poweroff: poweroff, on_reboot: reboot, on_crash: crash } = definition
  const action = (word: string | undefined, fallback: LifecycleAction) => own(actions, word ?? '') ?? fallback
  plan.lifecycle = {
    poweroff: action(poweroff, 'destroy'),
    reboot: action(reboot, 'restart'),
    crash: action(crash, 'destroy'),
  }
  if (crash?.startsWith('coredump'))
    plan.missing('The memory of a crashed guest is not dumped.', of(definition, 'on_crash'))
  if (plan.lifecycle.reboot !== 'destroy') return
  const from = of(definition, 'on_reboot')
  plan.qmp({ execute: 'set-action', arguments: { reboot: 'shutdown' }, what: 'a reboot ends the guest', from })
  if (!capabilities.has('set-action')) plan.missing('This QEMU cannot be told to end at a reboot.', from)
}
