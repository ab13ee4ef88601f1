import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const shared = {
  machine: 'q35',
  sections: "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>",
}
const virtiofs = (attributes: string, driver: string, source = "<source dir='/a'/>", tag = 'x') =>
  `<filesystem type='mount' ${attributes}><driver type='virtiofs' ${driver}/>${source}<target dir='${tag}'/></filesystem>`

test.each([
  [virtiofs('', ''), []],
  [virtiofs("model='virtio'", ''), ['filesystem/virtiofs-model']],
  [virtiofs('', "wrpolicy='immediate'"), ['filesystem/virtiofs-wrpolicy']],
  [virtiofs('', '', '<source/>'), ['filesystem/missing-source']],
  [virtiofs('', '') + virtiofs('', ''), ['filesystem/tag-twice']],
  ["<filesystem><source dir='/a'/><target dir='x'/><boot order='1'/></filesystem>", ['filesystem/9p-boot']],
])('%s', async (xml, codes) => {
  expect((await guest(xml, shared)).codes).toEqual(codes)
})

test('a guest boots from virtiofs on PCI only', async () => {
  const bootable = virtiofs('', '', "<source dir='/a'/><boot order='1'/>")
  expect((await guest(bootable, shared)).codes).toEqual([])
  const mainframe = { ...shared, arch: 's390x', machine: 's390-ccw-virtio' } as const
  expect((await guest(bootable, mainframe)).codes).toEqual(['filesystem/virtiofs-boot'])
})

test('libvirt starts the helper of virtiofs: a described host must have one', async () => {
  const host = { standing: () => 'described' as const, vhostUser: [] }
  expect((await guest(virtiofs('', ''), { ...shared, host })).codes).toEqual(['filesystem/no-helper'])
  const named =
    "<filesystem type='mount'><driver type='virtiofs'/><binary path='/v'/><source dir='/a'/><target dir='x'/></filesystem>"
  expect((await guest(named, { ...shared, host })).codes).toEqual([])
})

test('9p says readonly as a bare word', async () => {
  const fs = "<filesystem><source dir='/a'/><target dir='a'/><readonly/></filesystem>"
  expect((await guest(fs)).options('-fsdev')).toEqual([
    '-fsdev local,security_model=passthrough,id=fsdev-fs0,path=/a,readonly',
  ])
})

describe('mtp', () => {
  const mtp = (attributes: string, rest = '', source = "dir='/srv'") =>
    `<filesystem ${attributes}><driver type='mtp'/><source ${source}/><target dir='t'/>${rest}</filesystem>`

  test('is a USB device since 10.2, and takes its port after the others', async () => {
    const { xml, devices } = await guest(`${mtp('', '<readonly/>')}<input type='tablet' bus='usb'/>`, {
      release: '11.3',
      abiUpdate: true,
    })
    expect(xml).toContain("<filesystem type='mount' accessmode='passthrough'>")
    expect(devices(/usb-mtp/)).toEqual([
      expect.stringContaining(
        '{"driver":"usb-mtp","id":"fs0","rootdir":"/srv","desc":"t","readonly":true,"bus":"usb.0","port":"2"}',
      ),
    ])
  })

  test('an older release refuses the value and names the one that has it', async () => {
    const { errors } = await guest(mtp(''))
    expect(errors).toMatchObject([{ code: 'value/newer' }])
    expect(JSON.stringify(errors)).toContain('10.2')
  })

  test.each([
    [mtp("accessmode='mapped'"), 'filesystem/mtp-accessmode'],
    [mtp('', '', "socket='/s'"), 'filesystem/mtp-accessmode'],
    [mtp('', "<boot order='1'/>"), 'filesystem/9p-boot'],
    [mtp("fmode='0644'"), 'filesystem/mode-without-mapped'],
  ])('refused: %s', async (xml, code) => {
    expect((await guest(xml, { release: '12.8' })).codes).toEqual([code])
  })

  test('a QEMU without it', async () => {
    const capabilities = { remove: ['usb-mtp'] } as const
    expect((await guest(mtp(''), { release: '12.8', capabilities })).codes).toEqual(['filesystem/mtp-unsupported'])
  })
})

test("multidevs='default' says nothing", async () => {
  const { xml, codes } = await guest(
    "<filesystem type='mount' multidevs='default'><source dir='/a'/><target dir='b'/></filesystem>",
  )
  expect(codes).toEqual([])
  expect(xml).not.toContain('multidevs')
})

test('whoever runs the helper behind a socket knows the folder', async () => {
  const { xml, options } = await guest(virtiofs('', '', "<source dir='/a' socket='/s'/>"), shared)
  expect(xml).toContain("<source socket='/s'/>")
  expect(options('-chardev')).toContain('-chardev socket,id=chr-vu-fs0,path=/s')
})

test('a socket is for virtiofs: defined without, but never started', async () => {
  const { xml, codes } = await guest("<filesystem><source dir='/a' socket='/s'/><target dir='x'/></filesystem>", shared)
  expect(codes).toEqual(['filesystem/virtiofs-only'])
  expect(xml).toContain("<filesystem type='mount'>\n      <source socket='/s'/>")
})
