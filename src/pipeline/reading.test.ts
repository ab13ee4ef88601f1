import { expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

test('an empty attribute is an absent one', async () => {
  const { codes, xml } = await guest("<filesystem accessmode=''><source dir='/a'/><target dir='a'/></filesystem>")
  expect(codes).toEqual([])
  expect(xml).toContain("accessmode='passthrough'")
})

test('sections that stand twice are read as one', async () => {
  const { xml } = await guest("<rng model='virtio'><backend model='random'>/a</backend></rng>", {
    sections: "<devices><sound model='ac97'/></devices><features><acpi/></features><features><apic/></features>",
  })
  expect(xml).toMatch(/<acpi\/>\s*<apic\/>/)
  expect(xml).toMatch(/<sound model='ac97'>[\s\S]*<rng model='virtio'>/)
})
