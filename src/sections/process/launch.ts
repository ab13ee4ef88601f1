import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import { spawnsHelper } from '../../context/spawns-helper.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

/** The guest's own folder with its key and monitor, and the emulator itself. */
export function launchProcess(context: Context, plan: LaunchBuilder): void {
  const own = domainDirectory(context)
  const { devices } = context
  plan.program(devices.emulator ?? '', "the domain's emulator", of(devices, 'emulator'))
  plan.folder(own, "the guest's own folder", rule('process/own-home'))
  plan.file(`${own}/master-key.aes`, { kind: 'master-key' }, 'the key of its secrets', rule('process/master-key'))
  plan.otherwise(
    'QEMU opens sockets, files and devices by itself: libvirt would hand it open descriptors.',
    rule('launch/descriptors'),
  )
  plan.otherwise(
    `Folders of the system daemon are replaced: ${plan.wish.runtime} for the run, ${plan.wish.state} for what lasts.`,
    rule('launch/folders'),
  )
  plan.otherwise('QEMU runs as the user who starts it, without cgroups and security labels.', rule('launch/user'))
  const helper = spawnsHelper(context)
  if (helper) plan.otherwise(`The sandbox is off, because QEMU itself starts ${helper.what}.`, helper.from)
}
