import type { DeviceKind } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { hostPciWish } from '../../parts/host-pci.ts'
import { vfTokenGate } from '../../parts/vf-token.ts'
import { virtioOnCcw, virtioPciWish } from '../../parts/virtio-device.ts'
import { hostdevArgv } from './argv.ts'
import { hostdevClaims } from './claims.ts'
import type { Hostdev } from './element.ts'
import { launchHostdev } from './launch.ts'
import { fillLun, placeScsi, prepareScsi } from './scsi.ts'
import { vhostScsiGate } from './scsi-validate.ts'
import { checkHostdev, checkHostdevs } from './validate.ts'

export const hostdevKind = {
  ownPlaceChecks: { unassigned: true, 'other-bus': true },
  defaults: [
    {
      name: 'hostdev/iscsi-lun',
      doc: 'An iSCSI name without a LUN means LUN 0.',
      apply: (device, context) => {
        if (device.type === 'scsi') fillLun(device, context)
      },
    },
    {
      name: 'hostdev/scsi-place',
      doc: 'A SCSI device without an address gets the first free unit of the SCSI controllers.',
      apply: (device, context) => {
        if (device.type === 'scsi') placeScsi(device, context)
      },
    },
    {
      name: 'hostdev/mdev-display',
      doc: 'A mediated device of model vfio-pci shows nothing where display is absent.',
      apply: (device, context) => {
        if (device.type !== 'mdev' || device.model !== 'vfio-pci' || device.display !== undefined) return
        context.set(device, 'display', false, defaultRule('hostdev/mdev-display'))
      },
    },
  ],
  pci: (device, context) => {
    if (device.type === 'pci') return hostPciWish(device, context)
    if (device.type === 'scsi_host') return virtioPciWish(device.model, device, context)
    return device.type === 'mdev' && device.model === 'vfio-pci' ? { plug: 'pcie' } : undefined
  },
  ccw: (device, context) => {
    if (device.type === 'scsi_host') return virtioOnCcw(context)
    return device.type === 'mdev' && device.model === 'vfio-ccw'
  },
  mmio: ({ type }) => type === 'scsi_host',
  usb: (device) => (device.type === 'usb' ? {} : undefined),
  aliasCountsUnnamed: true,
  alias: (_device, index) => `hostdev${index}`,
  gates: [
    {
      ...vfTokenGate,
      when: (device) => (device.type === 'pci' ? vfTokenGate.when(device) : undefined),
    },
    vhostScsiGate,
  ],
  check: checkHostdev,
  deviceClaims: hostdevClaims,
  validate: checkHostdevs,
  prepareDevice: (device, context) => {
    if (device.type === 'scsi') prepareScsi(device, context)
  },
  launchDevice: launchHostdev,
  argv: { devices: hostdevArgv },
} satisfies DeviceKind<Hostdev>
