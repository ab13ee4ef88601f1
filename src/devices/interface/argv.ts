import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { reconnectProperties } from '../../parts/chardev/reconnect.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { emitFdSet } from '../../parts/fd-set.ts'
import { hostFunctionKey } from '../../parts/host-pci.ts'
import { isPluggable } from './address.ts'
import { cardProperties } from './card.ts'
import type { EmulatedInterface, InterfaceOf } from './element.ts'
import { netdevId, netdevProperties, socketId } from './netdev.ts'
import { vdpaSet } from './prepare.ts'

/** `-netdev` and `-device` of every card that is not a host function. */
export function interfaceArgv(context: Context, out: CommandLineBuilder): void {
  for (const device of context.devices.interface) {
    if (device.type === 'hostdev' || context.start.get(hostFunctionKey, device) !== undefined) continue
    const netdev = netdevProperties(device, context)
    if (netdev === undefined) continue
    if (device.type === 'vhostuser') emitSocket(device, context, out)
    emitFdSet(device.type === 'vdpa' ? vdpaSet(device, context) : undefined, out)
    out.netdev(netdev)
    if (isPluggable(device, context)) emitDevice(device, cardProperties(device, context), context, out)
    else out.keyValue('-net', boardCard(device, context), 'type')
  }
}

/** The socket of a vhost-user switch; QEMU waits for the switch where it listens. */
function emitSocket(device: InterfaceOf<'vhostuser'>, context: Context, out: CommandLineBuilder): void {
  const { source } = device
  const properties = new Properties()
    .put('backend', 'socket', of(source, 'type'))
    .put('id', socketId(device, context), named(device))
    .field('path', source, 'path')
  if (source.mode === 'server') properties.put('server', true, of(source, 'mode'))
  properties.append(reconnectProperties(source.reconnect, context))
  out.keyValue('-chardev', properties, 'backend')
}

/** `-net nic`: a card that is soldered to the board. */
function boardCard(device: EmulatedInterface, context: Context): Properties {
  const properties = new Properties().put('type', 'nic', rule('interface/board-card'))
  if (device.mac) properties.field('macaddr', device.mac, 'address')
  properties.put('netdev', netdevId(device, context), named(device))
  if (device.model) properties.field('model', device.model, 'type')
  return properties.id(device, context)
}
