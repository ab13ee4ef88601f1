import { named, of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { virtioDriver, virtioPciWish } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import type { Crypto } from './element.ts'

export const cryptoKind = {
  gates: [
    {
      path: '.',
      needs: 'virtio-crypto',
      code: 'crypto/unsupported',
      what: 'a crypto device',
      hint: 'Remove <crypto>, or use another QEMU.',
    },
    {
      path: 'backend/@model',
      needs: 'cryptodev-backend-lkcf',
      code: 'crypto/lkcf-unsupported',
      what: "a crypto device that the host's kernel computes for",
      hint: "Write <backend model='builtin'/>, or use another QEMU.",
      is: 'lkcf',
    },
  ],
  // libvirt takes it for a conventional device, though virtio is PCI Express.
  pci: (device, context) => virtioPciWish(device.model, device, context) && { plug: 'pci' },
  virtio: () => true,
  aliasCountsUnnamed: true,
  alias: (_device, index) => `crypto${index}`,
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.crypto) {
        const alias = context.alias(device)
        const id = `obj${alias}`
        out.object(
          new Properties()
            .put('qom-type', `cryptodev-backend-${device.backend.model}`, of(device.backend, 'model'))
            .put('id', id, named(device))
            .field('queues', device.backend, 'queues'),
        )
        const properties = new Properties()
          .put('driver', virtioDriver('virtio-crypto', device.model, device), of(device, 'model'))
          .append(virtioProperties(device.driver))
          .put('cryptodev', id, named(device))
          .id(device, context)
          .append(deviceAddress(device, context))
        emitDevice(device, properties, context, out)
      }
    },
  },
} satisfies DeviceKind<Crypto>
