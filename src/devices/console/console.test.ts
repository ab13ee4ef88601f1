import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const shape = (xml: string | undefined) =>
  [...(xml ?? '').matchAll(/<(serial|console) type='(\w+)'>|<target type='([\w-]+)' port='(\d+)'/g)].map((it) =>
    it.slice(1).filter(Boolean).join(' '),
  )

describe('the first console and the first serial port', () => {
  test('bring each other', async () => {
    const both = ['serial pty', 'isa-serial 0', 'console pty', 'serial 0']
    expect(shape((await guest("<console type='pty'/>")).xml)).toEqual(both)
    expect(shape((await guest("<serial type='pty'/>")).xml)).toEqual(both)
  })

  test('are one: the port wins, with all that it has', async () => {
    const { xml, options } = await guest(
      "<serial type='file'><source path='/a'/><log file='/l'/><target port='3'/><alias name='ua-x'/></serial>" +
        "<console type='pty'><alias name='ua-y'/></console>",
    )
    expect(xml).toMatch(
      /<console type='file'>\s*<source path='\/a'\/>\s*<log file='\/l'\/>\s*<target type='serial' port='3'\/>\s*<alias name='ua-x'\/>/,
    )
    expect(options('-chardev').filter((line) => !line.includes('charmonitor'))).toHaveLength(1)
  })

  test('are one place: what the console says of it counts for nothing', async () => {
    const place = "<address type='virtio-serial' controller='0' bus='0' port='3'/>"
    const { codes, xml } = await guest(`<serial type='pty'/><console type='pty'>${place}</console>`)
    expect(codes).toEqual([])
    expect(xml).not.toContain('virtio-serial')
  })

  test('are none where the port is on PCI or the console on virtio', async () => {
    expect(shape((await guest("<serial type='pty'><target type='pci-serial'/></serial>")).xml)).toEqual([
      'serial pty',
      'pci-serial 0',
    ])
    expect(shape((await guest("<console type='pty'><target type='virtio'/></console>")).xml)).toEqual([
      'console pty',
      'virtio 0',
    ])
  })
})

test('a virtio console brings a controller and leaves the port to QEMU, unless one is given', async () => {
  const virtio = (rest: string) => `<console type='pty'><target type='virtio'/>${rest}</console>`
  const { xml, devices } = await guest(virtio('') + virtio("<address type='virtio-serial' port='4'/>"))
  expect(xml).toContain("<controller type='virtio-serial' index='0'>")
  expect(devices(/virtconsole/)).toEqual([
    '-device {"driver":"virtconsole","chardev":"charconsole0","id":"console0"}',
    '-device {"driver":"virtconsole","bus":"virtio-serial0.0","nr":4,"chardev":"charconsole1","id":"console1"}',
  ])
})

test.each([
  ["<console type='pty'/><console type='pty'/>", 'console/second-serial'],
  ["<console type='pty'><target type='xen'/></console>", 'console/target-unsupported'],
  ["<console type='pty'><target type='sclp'/></console>", 'console/target-unsupported'],
])('%s is refused', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})

test('consoles are numbered by their place, the one of the serial port included', async () => {
  const { xml } = await guest("<serial type='pty'/><console type='pty'><target type='virtio'/></console>")
  expect(shape(xml)).toEqual(['serial pty', 'isa-serial 0', 'console pty', 'serial 0', 'console pty', 'virtio 1'])
})
