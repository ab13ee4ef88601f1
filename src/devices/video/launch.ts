import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import { isVhostUser } from './drivers.ts'
import type { Video } from './element.ts'

/** QEMU's name of the connection to the helper that runs a card. */
export const helperId = (device: Video, context: Context): string => `chr-vu-${context.alias(device)}`

export function helperSocket(device: Video, context: Context): string {
  return `${domainDirectory(context)}/${helperId(device, context)}.sock`
}

/** A card that runs in a program of its own: the host's, by its descriptor. */
export function launchVideo(device: Video, context: Context, plan: LaunchBuilder): void {
  if (!isVhostUser(device)) return
  const described = context.host.vhostUser.find(({ descriptor }) => descriptor.type === 'gpu')?.descriptor.binary
  const socket = helperSocket(device, context)
  const virgl = device.model?.acceleration?.accel3d ? ['--virgl'] : []
  const argv = [described ?? 'vhost-user-gpu', `--socket-path=${socket}`, ...virgl]
  plan.helper({
    name: 'vhost-user-gpu',
    argv,
    socket,
    from: device.driver ? of(device.driver, 'name') : of(device, 'model'),
  })
}
