import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { placeForController } from '../../context/controller-place.ts'
import { implicitRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { virtioDriver } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import { type ControllerOf, controller } from './element.ts'

/** The controllers that channels and consoles name, the first where they name none. Full ones are the address stage's. */
export function addSerialControllers(context: Context): void {
  const { channel, console } = context.devices
  for (const { target, address } of [...channel, ...console]) {
    if (target?.type !== 'virtio') continue
    const index = address?.type === 'virtio-serial' ? address.controller : 0
    if (context.controllers('virtio-serial').some((it) => it.index === index)) continue
    const made = controller.create({ type: 'virtio-serial', index })
    const list = context.devices.controller
    context.insert(list, made, implicitRule('controller/for-channel'), placeForController(made, context))
  }
}

/** QEMU: virtio-serial-*. */
export function virtioSerialProperties(device: ControllerOf<'virtio-serial'>, context: Context): Properties {
  return new Properties()
    .put('driver', virtioDriver('virtio-serial', device.model, device), of(device, 'model'))
    .append(virtioProperties(device.driver))
    .id(device, context)
    .field('max_ports', device, 'ports')
    .field('vectors', device, 'vectors')
    .append(deviceAddress(device, context))
}
