import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('an HDA card without codecs plays and records', async () => {
  const { devices } = await guest("<sound model='ich9'/>", { machine: 'q35' })
  expect(devices(/sound0/)).toEqual([
    '-device {"driver":"ich9-intel-hda","id":"sound0","bus":"pcie.0","addr":"0x1b"}',
    '-device {"driver":"hda-duplex","id":"sound0-codec0","bus":"sound0.0","cad":0,"audiodev":"audio1"}',
  ])
})

test.each([["<sound model='ich7'/>", 'sound/other-hypervisor']])('refused: %s', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})

test.each([
  "<sound model='sb16'><address type='pci' slot='5'/></sound>",
  "<sound model='pcspk'><address type='isa'/></sound>",
])('warned of: %s', async (xml) => {
  const { codes, warnings } = await guest(xml)
  expect(codes).toEqual([])
  expect(warnings).toContain('sound/address')
})

test('a card without any backend starts nowhere', async () => {
  const { errors } = await guest("<graphics type='sdl'/><sound model='ac97'/>")
  expect(errors).toMatchObject([{ code: 'sound/no-backend', when: 'start' }])
})
