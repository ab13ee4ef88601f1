import { expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const disk = "<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><alias name='ua-x'/></disk>"
const card = (model: string, inner: string) => `<interface type='user'><model type='${model}'/>${inner}</interface>`

test.each([
  [disk + card('virtio', "<alias name='ua-x'/>"), ['device/alias-twice']],
  [disk + card('virtio', "<alias name='ua-y'/>"), []],
  ["<serial type='pty'><alias name='ua-x'/></serial><console type='pty'><alias name='ua-x'/></console>", []],
  [card('usb-net', "<rom bar='on'/>"), ['device/rom-without-pci']],
  [card('virtio', "<rom enabled='no' file='/x'/>"), ['device/rom-disabled']],
  [card('virtio', "<rom bar='on'/>"), []],
  [
    "<input type='tablet' bus='usb'><acpi index='3'/><address type='usb' bus='0' port='1'/></input>",
    ['address/acpi-index-without-pci'],
  ],
  [card('virtio', "<acpi index='0'/>"), ['address/acpi-index-range']],
  [card('virtio', "<acpi index='16383'/>"), []],
  ["<input type='evdev' bus='virtio'><source dev='/dev/input/event7'/></input>", ['input/evdev-bus']],
])('%s', async (xml, codes) => {
  expect((await guest(xml)).codes).toEqual(codes)
})

test('libvirt defines an ACPI index that QEMU then refuses', async () => {
  const { errors } = await guest(card('virtio', "<acpi index='16384'/>"), { release: '11.3' })
  expect(errors).toMatchObject([{ code: 'address/acpi-index-range', when: 'start' }])
})
