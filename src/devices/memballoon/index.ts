import { rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { deviceAddress } from '../../fragments/device-address.ts'
import { emitDevice } from '../../fragments/emit-device.ts'
import { implicitRule } from '../../origin/origin.ts'
import { type Memballoon, memballoon } from './element.ts'

function isVirtio(device: Memballoon): boolean {
  return device.model.startsWith('virtio')
}

export const memballoonKind = {
  implicit: [
    {
      name: 'memballoon/implicit',
      apply: (context: Context) => {
        if (context.devices.memballoon.length > 0 || !context.machine.memballoon) return
        context.insert(
          context.devices.memballoon,
          memballoon.create({ model: 'virtio' }),
          implicitRule('memballoon/implicit'),
        )
      },
    },
  ],
  pci: (device, context) => (isVirtio(device) && context.machine.virtioBus === 'pci' ? { plug: 'pcie' } : undefined),
  ccw: (device, context) => isVirtio(device) && context.machine.virtioBus === 'ccw',
  alias: (_device, index) => `balloon${index}`,
  argv: {
    device: (context, out) => {
      for (const device of context.devices.memballoon) {
        if (!isVirtio(device)) continue
        emitDevice(
          device,
          new Properties()
            .put('driver', `virtio-balloon-${device.address?.type ?? 'pci'}`, rule('memballoon/driver'))
            .put('id', context.alias(device), rule('memballoon/alias'))
            .append(deviceAddress(device, context)),
          context,
          out,
        )
      }
    },
  },
} satisfies DeviceKind<Memballoon>
