import { expect, test } from 'vitest'
import { guest } from './guest.ts'

/** What differs between releases in how several kinds of devices stand to one another, each as the release answered it. */

const usbDevices = `<controller type='usb' model='qemu-xhci' ports='15'/>
  <redirdev bus='usb' type='tcp'><source mode='connect' host='localhost' service='4000'/></redirdev>
  <input type='tablet' bus='usb'/>
  <serial type='null'><target type='usb-serial' port='0'/></serial>
  <controller type='ccid' index='0'/>
  <hostdev mode='subsystem' type='usb'><source><address bus='1' device='2'/></source></hostdev>
  <sound model='usb'/>
  <hub type='usb'/>
  <disk type='file' device='disk'><source file='/x.img'/><target dev='sda' bus='usb'/></disk>`

test.each([
  ['10.1', ['usb-hub', 'usb-host', 'usb-storage', 'usb-ccid', 'usb-tablet', 'usb-serial', 'usb-audio', 'usb-redir']],
  ['11.3', ['usb-hub', 'usb-storage', 'usb-audio', 'usb-host', 'usb-ccid', 'usb-serial', 'usb-tablet', 'usb-redir']],
] as const)('libvirt %s gives USB ports in its order', async (release, order) => {
  const { devices } = await guest(usbDevices, { machine: 'q35', release })
  const ports = devices(/"bus":"usb\.0"/).map((line) => JSON.parse(line.slice('-device '.length)))
  const sorted = ports.sort((a, b) => Number(a.port) - Number(b.port)).map(({ driver }) => driver)
  expect(sorted).toEqual(order)
})

test('numbers on the channel subsystem', async () => {
  const given = `<vsock model='virtio'><cid auto='no' address='16'/></vsock>
    <memory model='virtio-mem'><target><size unit='MiB'>64</size><block unit='KiB'>2048</block><requested>0</requested></target></memory>
    <rng model='virtio'><backend model='random'/></rng>
    <sound model='virtio'/><interface type='user'><model type='virtio'/></interface>
    <disk type='file'><source file='/x.img'/><target dev='vda' bus='virtio'/></disk>`
  const options = { arch: 's390x', machine: 's390-ccw-virtio', release: '11.3', qemu: '10.0.0' } as const
  const { xml, codes } = await guest(given, { ...options, sections: "<maxMemory slots='2' unit='GiB'>4</maxMemory>" })
  expect(codes).toEqual([])
  const kinds = xml?.match(/<(disk|interface|sound|memballoon|rng|memory|vsock) (?!unit)[\s\S]*?<\/\1>/g) ?? []
  const places = kinds.map((text) => [/devno='(\w+)'/.exec(text)?.[1], /<(\w+)/.exec(text)?.[1]])
  expect(places.sort().map(([, kind]) => kind)).toEqual([
    'disk',
    'interface',
    'sound',
    'memballoon',
    'rng',
    'memory',
    'vsock',
  ])
})

test('memory that can grow needs cells, but on POWER, and on IBM Z since 11.1', async () => {
  const sections = "<maxMemory slots='2' unit='GiB'>4</maxMemory>"
  const code = async (arch: 'ppc64' | 's390x', machine: string, release: '10.1' | '11.3') =>
    (await guest('', { arch, machine, release, sections })).codes
  expect(await code('ppc64', 'pseries', '10.1')).toEqual([])
  expect(await code('s390x', 's390-ccw-virtio', '10.1')).toEqual(['memory/hotplug-without-numa'])
  expect(await code('s390x', 's390-ccw-virtio', '11.3')).toEqual([])
})

test('a BIOS has no format, the flash of UEFI is raw since 11.3', async () => {
  const loader = (type: string, release: '10.1' | '11.3') =>
    guest('', {
      release,
      sections: '<features><acpi/></features>',
      os: `<loader type='${type}' readonly='yes'>/fw.bin</loader>${type === 'rom' ? '' : '<nvram>/vars.fd</nvram>'}`,
    })
  expect((await loader('rom', '11.3')).xml).toContain("<loader readonly='yes' type='rom'>/fw.bin<")
  expect((await loader('pflash', '11.3')).xml).toContain("type='pflash' format='raw'>/fw.bin<")
  expect((await loader('pflash', '10.1')).xml).toContain("type='pflash'>/fw.bin<")
})

test('the IOMMU of virtio comes before the panic device', async () => {
  const given = "<panic model='pvpanic'/><iommu model='virtio'/>"
  const { devices } = await guest(given, { machine: 'q35', sections: '<features><acpi/></features>' })
  expect(devices(/iommu|pvpanic/).map((line) => /"addr":"(\w+)"/.exec(line)?.[1])).toEqual(['0x2', '0x3'])
})
