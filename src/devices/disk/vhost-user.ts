import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { Disk } from './element.ts'

export const vhostUserChardev = (disk: Disk, context: Context): string => `chr-vu-${context.alias(disk)}`

/** The socket of a disk that another process serves. */
export function printVhostUserSocket(
  disk: Extract<Disk, { type: 'vhostuser' }>,
  context: Context,
  out: CommandLineBuilder,
): void {
  const { source } = disk
  const properties = new Properties()
    .put('backend', 'socket', rule('disk/vhost-user'))
    .put('id', vhostUserChardev(disk, context), rule('disk/vhost-user'))
  if (source) properties.field('path', source, 'path')
  if (source?.reconnect) {
    const { reconnect } = source
    const seconds = reconnect.enabled === false ? 0 : reconnect.timeout
    properties.put('reconnect', seconds, of(reconnect, 'timeout'))
  }
  out.keyValue('-chardev', properties, 'backend')
}
