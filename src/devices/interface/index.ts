import type { DeviceKind } from '../../context/unit.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { hostFunctionKey } from '../../parts/host-pci.ts'
import { vfTokenGate } from '../../parts/vf-token.ts'
import { virtioOnCcw } from '../../parts/virtio-device.ts'
import { interfacePci, isUsbCard, isVirtioCard } from './address.ts'
import { interfaceArgv } from './argv.ts'
import { interfaceClaims } from './claims.ts'
import { resolveConnection } from './connection.ts'
import { interfaceDefaults } from './defaults.ts'
import type { Interface } from './element.ts'
import { launchInterface } from './launch.ts'
import { asEthernet } from './native.ts'
import { prepareInterface } from './prepare.ts'
import { checkInterface } from './validate.ts'

export const interfaceKind = {
  ownPlaceChecks: { virtio: true },
  turn: (device, context) =>
    device.type === 'hostdev' || context.start.get(hostFunctionKey, device) !== undefined ? 'hostdev' : undefined,
  defaults: interfaceDefaults,
  deviceClaims: interfaceClaims,
  pci: interfacePci,
  virtio: isVirtioCard,
  spaprVio: (device) =>
    device.model?.type === 'spapr-vlan' || device.address?.type === 'spapr-vio' ? { firstReg: 0x1000 } : undefined,
  // Its model says nothing of a host function, but to libvirt where it sits (oracle: 11.3, 12.8).
  ccw: (device, context) => device.type === 'hostdev' && isVirtioModel(device.model?.type) && virtioOnCcw(context),
  usb: (device, context) => (isUsbCard(device, context) ? {} : undefined),
  aliasCountsUnnamed: true,
  alias: (_device, index) => `net${index}`,
  bootsAs: () => 'network',
  gates: [
    {
      ...vfTokenGate,
      when: (device) => (device.type === 'hostdev' ? vfTokenGate.when(device) : undefined),
    },
    {
      path: 'backend/@type',
      needs: 'netdev.stream',
      code: 'interface/passt-unsupported',
      what: 'stream connection, by which passt is reached',
      hint: 'Use QEMU 7.2 or later, or remove <backend>.',
      when: ({ type, backend }) => (type === 'user' && backend?.type === 'passt' ? backend : undefined),
    },
    {
      path: '@type',
      needs: 'netdev.vhost-vdpa',
      code: 'interface/vdpa-unsupported',
      what: 'vDPA network',
      hint: 'Use QEMU 5.1 or later.',
      is: 'vdpa',
    },
    {
      path: 'driver/@rss',
      needs: 'virtio-net.rss',
      code: 'interface/rss-unsupported',
      what: 'receive side scaling of virtio cards',
      hint: 'Use QEMU 5.2 or later, or remove rss and rss_hash_report.',
      when: (device) =>
        device.type !== 'hostdev' && (device.driver?.rss !== undefined || device.driver?.rss_hash_report !== undefined)
          ? device.driver
          : undefined,
    },
    {
      path: 'model/@type',
      needs: 'virtio-pci-non-transitional',
      code: 'interface/virtio-model-unsupported',
      what: 'transitional and non-transitional virtio devices',
      hint: "Write <model type='virtio'/>.",
      when: ({ model }) => (isVirtioModel(model?.type) && model?.type !== 'virtio' ? model : undefined),
    },
  ],
  check: checkInterface,
  native: asEthernet,
  resolveDevice: resolveConnection,
  prepareDevice: prepareInterface,
  launchDevice: launchInterface,
  argv: { devices: interfaceArgv },
} satisfies DeviceKind<Interface>
