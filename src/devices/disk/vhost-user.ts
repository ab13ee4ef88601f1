import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { reconnectProperties } from '../../parts/chardev/reconnect.ts'
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
    .put('id', vhostUserChardev(disk, context), named(disk))
  if (source) properties.field('path', source, 'path')
  properties.append(reconnectProperties(source?.reconnect, context))
  out.keyValue('-chardev', properties, 'backend')
}
