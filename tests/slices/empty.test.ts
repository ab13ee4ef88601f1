import { expect, test } from 'vitest'
import { guest } from '../guest.ts'

const disk = (attributes: string) =>
  `<disk type='file'><driver name='qemu' ${attributes}/><source file='/a'/><target dev='vda' bus='virtio'/></disk>`

/** What libvirt 11.3 and 12.8 answer where one attribute is empty. */
test.each([
  ['a word', disk("cache=''"), '', ['value/invalid']],
  ['a number', disk("queues=''"), '', ['value/invalid']],
  ['a switch', '', "<features><smm state=''/></features>", ['features/state']],
  ['a word that may be empty', '', "<clock offset=''/>", []],
  ['a switch that may be empty', "<video><model type='vga' primary=''/></video>", '', []],
  ['a format', disk("type=''"), '', ['disk/unknown-format']],
  [
    'a name',
    "<filesystem type='mount'><source dir='/a'/><target dir=''/></filesystem>",
    '',
    ['filesystem/missing-target'],
  ],
  ['a MAC address', "<interface type='user'><mac address=''/></interface>", '', ['value/invalid']],
])('an empty attribute: %s', async (_, devices, sections, codes) => {
  expect((await guest(devices, { sections, release: '11.3' })).codes).toEqual(codes)
})

test('an empty password keeps everybody out, it is not none', async () => {
  const { options } = await guest("<graphics type='vnc' port='5901' passwd=''/>", { release: '11.3' })
  expect(options('-vnc')[0]).toContain(',password=on')
})
