/** One rule of `<reconnect>` for all who connect to a socket. */
import { describe, expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const sections = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"
const sockets = {
  'a switch': (inside: string, mode = 'client') =>
    `<interface type='vhostuser'><mac address='52:54:00:00:00:01'/><source type='unix' path='/s' mode='${mode}'>${inside}</source><model type='virtio'/></interface>`,
  'a disk of another process': (inside: string) =>
    `<disk type='vhostuser'><source type='unix' path='/s'>${inside}</source><target dev='vda' bus='virtio'/></disk>`,
  'a serial port': (inside: string) =>
    `<serial type='unix'><source mode='connect' path='/s'>${inside}</source></serial>`,
}

describe.each(Object.entries(sockets))('%s', (_, device) => {
  const printed = async (inside: string) => {
    const { xml, options } = await guest(device(inside), { sections })
    return [/<reconnect[^>]*>/.exec(xml ?? '')?.[0], /reconnect=\d+/.exec(options('-chardev').join(' '))?.[0]]
  }

  test('connects again after its timeout', async () => {
    expect(await printed("<reconnect enabled='yes' timeout='4'/>")).toEqual([
      "<reconnect enabled='yes' timeout='4'/>",
      'reconnect=4',
    ])
  })

  test('does not connect again, and has no timeout', async () => {
    expect(await printed("<reconnect enabled='no' timeout='4'/>")).toEqual(["<reconnect enabled='no'/>", 'reconnect=0'])
  })

  test.each(['<reconnect/>', "<reconnect timeout='4'/>"])('says nothing by %s', async (inside) => {
    expect(await printed(inside)).toEqual([undefined, undefined])
  })

  test('needs a timeout to connect again', async () => {
    const { codes } = await guest(device("<reconnect enabled='yes'/>"), { sections })
    expect(codes).toEqual([expect.stringMatching(/reconnect/)])
  })
})

test('who listens never connects, and may say so', async () => {
  const of = async (inside: string) => (await guest(sockets['a switch'](inside, 'server'), { sections })).codes
  expect(await of("<reconnect enabled='no'/>")).toEqual([])
  expect(await of("<reconnect enabled='yes' timeout='4'/>")).toEqual(['interface/reconnect-server'])
})
