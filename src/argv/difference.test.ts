import { expect, test } from 'vitest'
import { CommandLineBuilder } from './command-line.ts'
import { differences } from './difference.ts'
import { rule } from './piece.ts'
import { Properties } from './properties.ts'

const from = rule('test')
const device = (json: boolean, properties: Record<string, string | number | boolean>) => {
  const out = new CommandLineBuilder({ deviceJson: json, objectJson: json, netdevJson: json })
  const list = new Properties()
  for (const [name, value] of Object.entries(properties)) list.put(name, value, from)
  out.device(list)
  return out.finish()
}
const groups = (before: ReturnType<typeof device>, after: ReturnType<typeof device>) =>
  differences(before, after).map(({ group }) => group)

test('JSON and key=value of the same properties differ in spelling only, as does their order', () => {
  const properties = { driver: 'nvme', id: 'n0', share: true, logical: 512 }
  expect(groups(device(true, properties), device(true, properties))).toEqual([])
  expect(groups(device(false, properties), device(true, properties))).toEqual(['spelling'])
  const turned = { driver: 'nvme', id: 'n0', logical: 512, share: true }
  expect(groups(device(true, properties), device(true, turned))).toEqual(['spelling'])
})

test('another node behind a device is of the host, another property is seen by the guest', () => {
  const disk = { driver: 'virtio-blk-pci', drive: 'format', id: 'd0' }
  expect(groups(device(true, disk), device(true, { ...disk, drive: 'storage' }))).toEqual(['host'])
  expect(groups(device(true, disk), device(true, { ...disk, serial: 'x' }))).toEqual(['guest'])
})

test('an option that stands on one side only has no other side', () => {
  const found = differences(device(true, { driver: 'a', id: 'a' }), device(true, { driver: 'b', id: 'b' }))
  expect(found.map(({ before, after }) => [before !== undefined, after !== undefined])).toEqual([
    [true, false],
    [false, true],
  ])
})

test("a user's own argument that only begins like JSON is compared as text", () => {
  const line = (value: string) => {
    const out = new CommandLineBuilder({ deviceJson: true, objectJson: true, netdevJson: true })
    out.text('-device', value, from)
    return out.finish()
  }
  expect(groups(line('{a'), line('{b'))).toEqual(['guest'])
})
