import type { DeviceKind } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { virtioPciWish, virtioPciWishBesideMmio } from '../../parts/virtio-device.ts'
import { filesystemArgv } from './argv.ts'
import type { Filesystem } from './element.ts'
import { launchFilesystem } from './launch.ts'
import { checkFilesystem, checkTags } from './validate.ts'

const accessmode = defaultRule('filesystem/accessmode')

/** Source: oracle (11.3, 12.8). */
const goesToMmio = ({ model }: Filesystem) => model === undefined || model === 'virtio'

const isMtp = ({ driver }: Filesystem) => driver?.type === 'mtp'

export const filesystemKind = {
  defaults: [
    {
      name: 'filesystem/accessmode',
      doc: 'Accesses are passed through, unless somebody else runs the helper.',
      apply: (device, context) => {
        if (device.accessmode !== undefined || device.source.socket !== undefined) return
        context.set(device, 'accessmode', 'passthrough', accessmode)
      },
    },
  ],
  pci: (device, context) => {
    if (isMtp(device)) return undefined
    return (goesToMmio(device) ? virtioPciWish : virtioPciWishBesideMmio)(device.model, device, context)
  },
  virtio: (device) => !isMtp(device),
  mmio: (device) => !isMtp(device) && goesToMmio(device),
  usb: (device) => (isMtp(device) ? {} : undefined),
  aliasCountsUnnamed: true,
  alias: (_device, index) => `fs${index}`,
  gates: [
    {
      path: '@multidevs',
      needs: 'fsdev.multidevs',
      code: 'filesystem/multidevs-unsupported',
      what: 'multidevs',
      hint: 'Remove multidevs, or use a newer QEMU.',
    },
    {
      path: 'driver/@type',
      needs: 'usb-mtp',
      code: 'filesystem/mtp-unsupported',
      what: 'folders as USB media devices',
      hint: 'Use another QEMU, or virtiofs.',
      when: (device) => (isMtp(device) ? device.driver : undefined),
    },
    {
      path: 'driver/@type',
      needs: 'vhost-user-fs',
      code: 'filesystem/virtiofs-unsupported',
      what: 'virtiofs',
      hint: 'Use a newer QEMU, or 9p.',
      is: 'virtiofs',
    },
  ],
  check: checkFilesystem,
  launchDevice: launchFilesystem,
  validate: checkTags,
  argv: { devices: filesystemArgv },
} satisfies DeviceKind<Filesystem>
