import { any, deviceProperty, type } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** Virtio transports and virtio devices of no other group; host channels and mediated devices of s390x. */
export const virtio = {
  'cryptodev-backend-lkcf': row(
    "crypto device of the host's kernel (`<backend model='lkcf'>`)",
    type('cryptodev-backend-lkcf'),
  ),
  'rng-builtin': row("random numbers of QEMU (`<backend model='builtin'>`)", type('rng-builtin')),
  'rng-egd': row("random numbers of a daemon (`<backend model='egd'>`)", type('rng-egd')),
  'rng-random': row("random numbers of a device (`<backend model='random'>`)", type('rng-random')),
  'vfio-ap': row("crypto adapter of an s390x host (`<hostdev type='mdev' model='vfio-ap'>`)", type('vfio-ap')),
  'vfio-ccw': row("channel device of an s390x host (`<hostdev type='mdev' model='vfio-ccw'>`)", type('vfio-ccw')),
  'vhost-vsock': row('sockets between host and guest (`<vsock>`)', type('vhost-vsock-device')),
  'virtio-balloon-pci.deflate-on-oom': row(
    'balloon that gives memory back when the guest runs out (`autodeflate`)',
    any(
      deviceProperty('virtio-balloon-pci', 'deflate-on-oom'),
      deviceProperty('virtio-balloon-device', 'deflate-on-oom'),
    ),
  ),
  'virtio-balloon.free-page-reporting': row(
    "balloon that reports the guest's free pages (`freePageReporting`)",
    any(
      deviceProperty('virtio-balloon-pci', 'free-page-reporting'),
      deviceProperty('virtio-balloon-device', 'free-page-reporting'),
    ),
  ),
  'virtio-ccw': row('virtio devices on the CCW bus', type('virtio-blk-ccw')),
  'virtio-ccw.loadparm': row(
    'load parameter of a device on the CCW bus (`<boot loadparm=>`)',
    deviceProperty('virtio-blk-ccw', 'loadparm'),
    { since: '10.10' },
  ),
  'virtio-crypto': row("`<crypto model='virtio'>`", type('virtio-crypto-device')),
  'virtio-mmio': row("virtio devices on the MMIO bus (`<address type='virtio-mmio'/>`)", type('virtio-mmio')),
  'virtio-pci-non-transitional': row(
    "`model='virtio-transitional'` and `virtio-non-transitional`",
    type('virtio-blk-pci-non-transitional'),
  ),
  'virtio-rng': row("`<rng model='virtio'>`", type('virtio-rng-device')),
} satisfies Rows
