import { describe, expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

// What says nothing is read as if it were not there. Each line as libvirt 11.3 answered it.
describe('what says nothing', () => {
  test.each([
    ["<graphics type='vnc'/><video><model vram='32768'/></video>", /<model type='cirrus' vram='32768'/],
    ["<interface type='bridge'><source bridge='br0'/><model type=''/></interface>", /<model type='\w+'\/>/],
    ["<interface type='user'><mac/></interface>", /<mac address='52:54:00/],
    ["<interface type='user'><mac address='00:00:00:00:00:00'/></interface>", /<mac address='52:54:00/],
    ["<shmem name='a'><model type='ivshmem-plain'/><size unit='M'>0</size></shmem>", /<size unit='M'>4<\/size>/],
    ["<graphics type='vnc' port='5903' autoport='true'/>", /port='5903' autoport='no'/],
  ])('%s', async (devices, expected) => {
    const { codes, xml } = await guest(devices)
    expect(codes).toEqual([])
    expect(xml).toMatch(expected)
  })

  test('of sections', async () => {
    const { codes, xml } = await guest('', {
      sections: '<memoryBacking><access/></memoryBacking><features><ioapic/></features>',
    })
    expect(codes).toEqual([])
    expect(xml).not.toMatch(/<access|<ioapic/)
  })
})

test('libvirt 12.8 takes no other word of autoport', async () => {
  const screen = "<graphics type='vnc' port='5903' autoport='true'/>"
  expect((await guest(screen, { release: '12.8' })).codes).toEqual(['value/invalid'])
})

test('a blob without a name is refused where it is read, and nowhere else', async () => {
  const sections = "<sysinfo type='fwcfg'><entry name=''>x</entry></sysinfo>"
  expect((await guest('', { sections })).codes).toEqual(['attribute/missing'])
})
