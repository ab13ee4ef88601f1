import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { deviceAddress } from '../../fragments/device-address.ts'
import { emitDevice } from '../../fragments/emit-device.ts'
import { romProperties } from '../../fragments/rom.ts'
import type { InterfaceOf } from './element.ts'

/** `-netdev` and `-device` of every interface that is not a host device. */
export function interfaceArgv(context: Context, out: CommandLineBuilder): void {
  for (const device of context.devices.interface) {
    if (device.type !== 'user') continue
    const netdev = `host${context.alias(device)}`
    out.netdev(new Properties().put('type', 'user', of(device, 'type')).put('id', netdev, rule('interface/netdev')))
    emitDevice(device, cardProperties(device, netdev, context), context, out)
  }
}

function cardProperties(device: InterfaceOf<'user'>, netdev: string, context: Context): Properties {
  const model = device.model?.type
  const driver = model === 'virtio' ? `virtio-net-${device.address?.type ?? 'pci'}` : model
  const properties = new Properties()
    .put('driver', driver, device.model ? of(device.model, 'type') : rule('interface/model'))
    .put('netdev', netdev, rule('interface/netdev'))
    .put('id', context.alias(device), rule('interface/alias'))
  if (device.mac) properties.field('mac', device.mac, 'address')
  if (device.boot) properties.field('bootindex', device.boot, 'order')
  return properties.append(deviceAddress(device, context)).append(romProperties(device.rom))
}
