import { describe, expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const card = (model: string, address: string) => `<sound model='${model}'><address ${address}/></sound>`
const scsi = "<controller type='scsi' model='virtio-scsi' index='0'/>"

/** Each was asked of libvirt 11.3 and 12.8: they define it, print it as it stands, and leave the refusal to QEMU. */
describe('an address on a bus that is not the device’s', () => {
  test.each([
    ['usb', "type='pci' slot='9'", '"bus":"pci.0","addr":"0x9"'],
    ['ac97', "type='usb' bus='0' port='3'", '"bus":"usb.0","port":"3"'],
    ['ac97', "type='usb'", '"bus":"usb.0","port":""'],
    ['ac97', "type='isa' iobase='0x505' irq='1'", '"iobase":1285,"irq":1'],
    ['ac97', "type='dimm' slot='3' base='0x1000'", '"slot":3,"addr":4096'],
    ['ac97', "type='spapr-vio' reg='4000'", '"reg":16384'],
    ['ac97', "type='ccid' controller='0' slot='1'", '"audiodev":"audio1"}'],
    ['ac97', "type='virtio-mmio'", '"audiodev":"audio1"}'],
  ])('is printed, and warned of: %s at %s', async (model, address, printed) => {
    const { codes, warnings, devices } = await guest(card(model, address))
    expect(codes).toEqual([])
    expect(warnings).toContain('address/other-bus')
    expect(devices(/usb-audio|AC97/).join()).toContain(printed)
  })

  test('a place on a SCSI controller that is there is printed, of one that is not nothing is', async () => {
    const place = card('ac97', "type='drive' controller='0' bus='0' target='0' unit='6'")
    expect((await guest(scsi + place)).devices(/AC97/).join()).toContain(
      '"bus":"scsi0.0","channel":0,"scsi-id":0,"lun":6',
    )
    expect((await guest(place)).codes).toContain('address/no-scsi-controller')
  })

  test.each(['ppc64', 's390x', 'x86_64'] as const)('nothing is warned of in a plain guest of %s', async (arch) => {
    const machine = { ppc64: 'pseries', s390x: 's390-ccw-virtio', x86_64: 'q35' }[arch]
    const plain = `<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>`
    expect((await guest(plain, { arch, machine })).warnings).toEqual([])
  })

  test('a SCSI controller has one bus', async () => {
    const disk =
      "<disk type='file'><source file='/a'/><target dev='sda' bus='scsi'/><address type='drive' bus='1'/></disk>"
    expect((await guest(scsi + disk)).codes).toContain('address/scsi-place')
    expect((await guest(card('ac97', "type='drive' bus='1'"))).codes).toContain('address/scsi-place')
  })

  test('a named port forgets it', async () => {
    const { codes, xml } = await guest(
      "<channel type='pty'><target type='virtio' name='a'/><address type='usb'/></channel>",
    )
    expect(codes).toEqual([])
    expect(xml).toContain("<address type='virtio-serial' controller='0' bus='0' port='1'/>")
  })

  test.each([
    ["<controller type='virtio-serial' index='0' ports='4'/>", 1, []],
    ["<controller type='virtio-serial' index='0' ports='4'/>", 0, []],
    ["<controller type='virtio-serial' index='0' ports='4'/>", 9, ['address/virtio-serial-port-range']],
    ['', 1, ['address/virtio-serial-no-controller']],
    ["<channel type='pty'><target type='virtio' name='a'/></channel>", 1, []],
    [
      "<channel type='pty'><target type='virtio' name='a'/><address type='virtio-serial' port='1'/></channel>",
      1,
      ['address/virtio-serial-port-in-use'],
    ],
  ])('of virtio-serial holds the port: %s, port %i', async (before, port, refusals) => {
    const { codes } = await guest(before + card('ac97', `type='virtio-serial' controller='0' bus='0' port='${port}'`))
    expect(codes).toEqual(refusals)
  })
})

test('on virtio-mmio a shared folder is a device of that name, and a card has VGA', async () => {
  const mmio = "<address type='virtio-mmio'/>"
  const share = await guest(`<filesystem><source dir='/a'/><target dir='b'/>${mmio}</filesystem>`)
  expect(share.devices(/9p/).join()).toContain('"virtio-9p-device"')
  const screen = await guest(`<video><model type='virtio'/>${mmio}</video>`)
  expect(screen.devices(/virtio-(vga|gpu)/).join()).toContain('"virtio-vga"')
})
