import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'

// Each line as libvirt 12.8 answered it, on a machine with two functions behind plain PCI.
const pci = [1, 2].map((fn) => ({ address: `0000:06:12.${fn}`, pcie: false }))
const options: GuestOptions = {
  release: '12.8',
  qemu: '11.1',
  machine: 'pc',
  native: true,
  host: { pci } as GuestOptions['host'],
}
const all: GuestOptions = { ...options, sections: "<iommufd enabled='yes'/>" }
const hostdev = (driver = '', fn = 1, { attributes = '', token = '', rest = '' } = {}) =>
  `<hostdev mode='subsystem' type='pci' ${attributes}>${driver}<source><address domain='0' bus='6' slot='0x12' function='${fn}'>${token}</address></source>${rest}</hostdev>`
const no = "<driver iommufd='no'/>"
const yes = "<driver iommufd='yes'/>"

describe('a function through an iommufd', () => {
  test('one object serves all devices, which name it and not themselves', async () => {
    const { options: printed, devices, codes, xml } = await guest(hostdev() + hostdev('', 2), all)
    expect(codes).toEqual([])
    expect(printed('-object').filter((line) => line.includes('iommufd'))).toEqual([
      '-object {"qom-type":"iommufd","id":"iommufd0"}',
    ])
    expect(devices(/vfio/)).toEqual([
      '-device {"driver":"vfio-pci","id":"hostdev0","iommufd":"iommufd0","bus":"pci.0","addr":"0x2"}',
      '-device {"driver":"vfio-pci","id":"hostdev1","iommufd":"iommufd0","bus":"pci.0","addr":"0x3"}',
    ])
    expect(xml).toContain("<iommufd enabled='yes'/>\n  <os>")
  })

  test('a device says it for itself', async () => {
    expect((await guest(hostdev(no), all)).devices(/vfio/)[0]).toContain('"host":"0000:06:12.1"')
    expect((await guest(hostdev(yes), options)).devices(/vfio/)[0]).toContain('"iommufd":"iommufd0"')
  })

  test('takes no token: QEMU passes none on this way', async () => {
    const token = "<vf-token uuid='3d2f5c9e-8a41-4b77-9c03-6f1e2ad40b58'/>"
    const { lines, warnings } = await guest(hostdev('', 1, { token }), all)
    expect(lines.join()).not.toContain('3d2f5c9e')
    expect(warnings).toEqual(['hostdev/vf-token-iommufd'])
  })

  test.each([
    ['iommufd/fdgroup-of-none', { ...options, sections: "<iommufd enabled='no' fdgroup='a'/>" }],
    ['attribute/missing', { ...options, sections: '<iommufd/>' }],
    ['hostdev/iommufd-unsupported', { ...all, capabilities: { remove: ['iommufd'] } }],
    // The descriptors of a real start have names that no answer has shown.
    ['hostdev/iommufd-start', { ...all, native: false }],
  ] as [string, GuestOptions][])('%s', async (code, guestOptions) => {
    expect((await guest(hostdev(), guestOptions)).codes).toEqual([code])
  })

  test('an older release ignores both', async () => {
    const { devices, warnings } = await guest(hostdev(yes), { ...all, release: '11.3' })
    expect(devices(/vfio/)[0]).toContain('"host":"0000:06:12.1"')
    expect([...warnings].sort()).toEqual(['attribute/newer', 'element/newer'])
  })
})

describe('what a function draws', () => {
  const vnc = "<graphics type='vnc'/>"

  test('stands behind its place in the boot order', async () => {
    const devices =
      hostdev('', 1, { attributes: "display='on' ramfb='on'", rest: "<boot order='1' loadparm='2'/>" }) + vnc
    expect((await guest(devices, options)).devices(/vfio/)[0]).toContain(
      '{"driver":"vfio-pci-nohotplug","host":"0000:06:12.1","id":"hostdev0","bootindex":1,"display":"on","ramfb":true,"bus"',
    )
  })

  test('is ignored before 10.3', async () => {
    const devices = hostdev('', 1, { attributes: "display='on'" }) + vnc
    expect((await guest(devices, { ...options, release: '10.1' })).devices(/vfio/)[0]).not.toContain('display')
  })

  test.each([
    ['hostdev/mdev-display-without-graphics', hostdev('', 1, { attributes: "display='on'" })],
    [
      'hostdev/mdev-ramfb-twice',
      hostdev('', 1, { attributes: "ramfb='on'" }) + hostdev('', 2, { attributes: "ramfb='on'" }) + vnc,
    ],
    ['hostdev/model', hostdev('', 1, { attributes: "model='vfio-pci'" })],
  ])('%s', async (code, devices) => {
    expect((await guest(devices, options)).codes).toEqual([code])
  })
})

test('a mediated channel device names the entry to boot; a function of PCI does not', async () => {
  const ccw = `<hostdev mode='subsystem' type='mdev' model='vfio-ccw'><source><address uuid='9a4b1d2e-0c3f-4e55-8a61-7b2d9e0f1c23'/></source><boot order='1' loadparm='2'/></hostdev>`
  const s390: GuestOptions = { release: '12.8', arch: 's390x', machine: 's390-ccw-virtio', qemu: '11.1' }
  expect((await guest(ccw, s390)).devices(/vfio-ccw/)[0]).toContain('"bootindex":1,"loadparm":"2","devno"')
  const function1 = hostdev('', 1, { rest: "<boot order='1' loadparm='2'/>" })
  expect((await guest(function1, s390)).devices(/vfio-pci/)[0]).not.toContain('loadparm')
})

test('only SCSI devices are read-only or shared', async () => {
  const { xml } = await guest(hostdev('', 1, { rest: '<readonly/><shareable/>' }), options)
  expect(xml).not.toMatch(/readonly|shareable/)
})

test('mediated devices may draw a frame buffer without a screen, and have no ROM', async () => {
  const mdev = `<hostdev mode='subsystem' type='mdev' model='vfio-pci' ramfb='on'><source><address uuid='9a4b1d2e-0c3f-4e55-8a61-7b2d9e0f1c23'/></source><rom bar='off'/></hostdev>`
  const { devices, codes } = await guest(mdev, options)
  expect(codes).toEqual([])
  expect(devices(/vfio/)[0]).toContain('"display":"off","ramfb":true,"bus":"pci.0","addr":"0x2"}')
})
