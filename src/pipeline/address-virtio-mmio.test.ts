/** Which devices one on virtio-mmio draws along. Source: oracle (11.3, 12.8). */
import { expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const rng = `<rng model='virtio'><backend model='random'>/dev/urandom</backend><address type='virtio-mmio'/></rng>`
const arm = { arch: 'aarch64', machine: 'virt' } as const

/** The kind of address of the first device of a name. */
async function placeOf(name: string, device: string, board: Parameters<typeof guest>[1] = arm) {
  const { xml } = await guest(device + rng, { ...board, release: '11.3', abiUpdate: true })
  return new RegExp(`<${name}[ >](?:(?!</${name}>)[\\s\\S])*?<address type='([\\w-]+)'`).exec(xml ?? '')?.[1]
}

test.each([
  ['interface', "<interface type='user'><model type='virtio'/></interface>", 'virtio-mmio'],
  ['interface', "<interface type='user'><model type='e1000'/></interface>", 'pci'],
  ['controller', "<controller type='scsi' model='virtio-scsi'/>", 'virtio-mmio'],
  ['controller', "<controller type='scsi' model='lsilogic'/>", 'virtio-mmio'],
  ['controller', "<controller type='usb' model='qemu-xhci'/>", 'pci'],
  ['filesystem', "<filesystem><source dir='/a'/><target dir='t'/></filesystem>", 'virtio-mmio'],
  ['filesystem', "<filesystem model='virtio-transitional'><source dir='/a'/><target dir='t'/></filesystem>", 'pci'],
  ['vsock', "<vsock model='virtio'/>", 'pci'],
])('%s: %s', async (name, device, place) => {
  expect(await placeOf(name, device)).toBe(place)
})

test('a virtual HBA is drawn along to where it cannot be', async () => {
  const hba =
    "<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/></hostdev>"
  expect((await guest(hba + rng, arm)).codes).toEqual(['hostdev/scsi-host-address-type'])
})

test('LoongArch has no virtio-mmio, one device there or not', async () => {
  const card = "<interface type='user'><model type='virtio'/></interface>"
  expect(await placeOf('interface', card, { arch: 'loongarch64', machine: 'virt' })).toBe('pci')
})
