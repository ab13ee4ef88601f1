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

test('a host device with NUMA nodes is defined, and its command line refused', async () => {
  const xml = `<hostdev mode='subsystem' type='pci' managed='yes'>
    <source><address domain='0' bus='6' slot='18' function='5'/></source><acpi nodeset='1'/></hostdev>`
  const { codes, xml: complete, lines } = await guest(xml, { release: '12.8' })
  expect(codes).toContain('hostdev/generic-initiator-not-built')
  expect(complete).toContain("<acpi nodeset='1'/>")
  expect(lines).toEqual([])
})
