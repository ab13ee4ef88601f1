import type { HostFile } from '../file.ts'

/** The render node of the first graphics card. */
export const firstRenderNode = '/dev/dri/renderD128'

/** The network that libvirt's own packages bring: NAT behind virbr0. */
export const freshNetworks: NonNullable<HostFile['networks']> = [
  {
    network: {
      name: 'default',
      forward: 'nat',
      bridge: 'virbr0',
      portGroups: [],
      devices: [],
      addresses: [],
      physicalFunctions: [],
      ipAddresses: ['192.168.122.1'],
    },
  },
]

/** The pool that virt-install and virt-manager make at their first use. */
export const freshStoragePools: NonNullable<HostFile['storagePools']> = [
  {
    pool: { name: 'default', type: 'dir', active: true, hosts: [], devices: [], targetPath: '/var/lib/libvirt/images' },
    volumes: [],
  },
]
