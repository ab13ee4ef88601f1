import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const controllers = (xml: string | undefined) =>
  [...(xml ?? '').matchAll(/<controller type='([a-z-]+)'/g)].map(([, type]) => type)

test('a SCSI host device brings its controller first; disks, channels and cards bring theirs after the board', async () => {
  const hostdev =
    "<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/><address bus='0' target='0' unit='0'/></source></hostdev>"
  const disk = (dev: string, device = 'disk') =>
    `<disk type='file' device='${device}'><source file='/${dev}'/><target dev='${dev}'/></disk>`
  const card = "<smartcard mode='host'/>"
  const channel = "<channel type='pty'><target type='virtio' name='c'/></channel>"
  expect(controllers((await guest(hostdev)).xml)).toEqual(['scsi', 'usb', 'pci'])
  const { xml } = await guest(card + channel + disk('hda') + disk('fda', 'floppy') + disk('sda'))
  expect(controllers(xml)).toEqual(['usb', 'pci', 'scsi', 'fdc', 'ide', 'virtio-serial', 'ccid'])
})

test('card readers and floppy controllers print after the hubs', async () => {
  const { devices } = await guest("<smartcard mode='host'/><hub type='usb'/>", { machine: 'q35' })
  expect(devices(/usb-hub|usb-ccid/).map((line) => /usb-\w+/.exec(line)?.[0])).toEqual(['usb-hub', 'usb-ccid'])
})
