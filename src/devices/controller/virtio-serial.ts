import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { deviceAddress } from '../../fragments/device-address.ts'
import { virtioDriver } from '../../fragments/virtio-device.ts'
import { virtioProperties } from '../../fragments/virtio-options.ts'
import type { ControllerOf } from './element.ts'

/** QEMU: virtio-serial-*. */
export function virtioSerialProperties(device: ControllerOf<'virtio-serial'>, context: Context): Properties {
  return new Properties()
    .put('driver', virtioDriver('virtio-serial', device.model, device), of(device, 'model'))
    .append(virtioProperties(device.driver))
    .put('id', context.alias(device), rule('controller/alias'))
    .field('max_ports', device, 'ports')
    .field('vectors', device, 'vectors')
    .append(deviceAddress(device, context))
}
