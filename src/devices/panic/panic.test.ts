import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('the port of the ISA device', async () => {
  const { devices } = await guest("<panic><address type='isa' iobase='0x505'/></panic>")
  expect(devices(/pvpanic/)).toEqual(['-device {"driver":"pvpanic","ioport":1285}'])
})

test("a model that is not named: ISA on a PC, PCI on ARM's virtual board", async () => {
  expect((await guest('<panic/>')).xml).toContain("<panic model='isa'/>")
  expect((await guest('<panic/>', { arch: 'aarch64', machine: 'virt' })).xml).toContain("<panic model='pvpanic'>")
  expect((await guest('<panic/>', { arch: 'riscv64', machine: 'virt' })).codes).toEqual(['panic/model-not-here'])
})

test('firmware that reports panics is always there', async () => {
  const { xml, devices } = await guest('', { arch: 'ppc64', machine: 'pseries' })
  expect(xml).toContain("<panic model='pseries'/>")
  expect(devices(/panic/)).toEqual([])
})

test("Hyper-V's is a register of the processor, beside a device", async () => {
  const { options, devices } = await guest("<panic model='hyperv'/><panic model='isa'/>")
  expect(options('-cpu')[0]).toMatch(/,hv-crash$/)
  const newest = await guest("<panic model='hyperv'/>", { release: '12.8' })
  expect(newest.options('-cpu')[0]).toMatch(/,hv-crash=on$/)
  expect(devices(/pvpanic/)).toHaveLength(1)
})

test.each([
  ["<panic model='pseries'/>", 'panic/model-not-here'],
  ["<panic model='hyperv'><address type='isa'/></panic>", 'panic/address'],
  ["<panic model='isa'/><panic model='isa'/>", 'panic/several-of-a-model'],
])('refused: %s', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})

test('a QEMU without the PCI device', async () => {
  expect((await guest("<panic model='pvpanic'/>", { qemu: '5.2.0' })).codes).toEqual(['panic/unsupported'])
})

test('an ISA address without a port is port 0 (libvirt 11.3 and 12.8 asked)', async () => {
  const { devices } = await guest("<panic model='isa'><address type='isa'/></panic>")
  expect(devices(/pvpanic/)).toEqual(['-device {"driver":"pvpanic","ioport":0}'])
})
