import { expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const card = (acpi: string) => `<interface type='user'><model type='virtio'/>${acpi}</interface>`

test('<acpi> may say NUMA nodes alone, and an older release drops what is left of it', async () => {
  const { xml, codes, devices } = await guest(card("<acpi nodeset='1-2,0'/>"), { release: '12.8' })
  expect(codes).toEqual([])
  expect(xml).toContain("<acpi nodeset='0-2'/>")
  expect(devices(/net0/)[0]).not.toContain('acpi-index')
  const older = await guest(card("<acpi nodeset='1'/>"), { release: '11.3' })
  expect(older.conversion.diagnostics).toContainEqual(expect.objectContaining({ code: 'attribute/newer' }))
  expect(older.xml).not.toContain('<acpi ')
})

const numa = (nodes: number) => {
  const cell = (id: number) => `<cell id='${id}' cpus='${id}' memory='${1_048_576 / nodes}'/>`
  return `<vcpu>${nodes}</vcpu><cpu><numa>${Array.from({ length: nodes }, (_, id) => cell(id)).join('')}</numa></cpu>`
}
const hostdev = (slot: number, acpi: string) => `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source><address domain='0' bus='0' slot='${slot}' function='0'/></source>${acpi}</hostdev>`

// libvirt 12.8 asked: it counts the ids since the daemon began
test('a host device brings an object for each of its NUMA nodes, after itself', async () => {
  const xml = hostdev(3, "<acpi nodeset='0-1'/>") + hostdev(4, "<acpi nodeset='1' index='7'/><alias name='ua-x'/>")
  const { codes, lines, options } = await guest(xml, { release: '12.8', sections: numa(2) })
  expect(codes).toEqual([])
  const initiator = (id: number, device: string, node: number) =>
    `-object {"qom-type":"acpi-generic-initiator","id":"gi${id}","pci-dev":"${device}","node":${node}}`
  expect(options('-object').filter((line) => line.includes('initiator'))).toEqual([
    initiator(0, 'hostdev0', 0),
    initiator(1, 'hostdev0', 1),
    initiator(2, 'ua-x', 1),
  ])
  const [first, second] = ['hostdev0', 'ua-x'].map((id) => lines.findIndex((line) => line.includes(`"id":"${id}"`)))
  expect(second! - first!).toBe(3)
})

test('a node that the guest lacks is told: libvirt lets it through', async () => {
  const of = async (node: number) =>
    (await guest(hostdev(3, `<acpi nodeset='${node}'/>`), { release: '12.8', sections: numa(1) })).warnings
  expect([await of(0), await of(1)]).toEqual([[], ['hostdev/unknown-node']])
})

test.each([
  ['s390x', 's390-ccw-virtio'],
  ['ppc64', 'pseries'],
] as const)('NUMA nodes of a device are not of %s', async (arch, machine) => {
  const rng = "<rng model='virtio'><backend model='random'>/dev/urandom</backend><acpi nodeset='0'/></rng>"
  expect((await guest(rng, { release: '12.8', arch, machine })).codes).toEqual(['address/acpi-nodeset-unsupported'])
})
