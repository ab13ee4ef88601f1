import { expect, test } from 'vitest'
import { answer } from '../../tests/mistakes/answer.ts'

const told = async (sections: string, devices: string) => {
  const found = await answer(`<domain type='kvm'>
<name>a</name><vcpu>2</vcpu><os><type arch='x86_64' machine='q35'>hvm</type></os>
${sections}<devices>
${devices}</devices></domain>`)
  return found.map(([, code]) => code)
}

const memory = '<memory>1048576</memory>'
const disk = (rest: string) => `<disk type='file'><source file='/a'/>${rest}</disk>\n`

test.each([
  ['a section', '<memory>lots</memory>', '', ['value/invalid', 'disk/duplicate-target']],
  ['another device', memory, "<watchdog model='i6300esb' action='bark'/>", ['disk/duplicate-target', 'value/invalid']],
  [
    'a misspelt value',
    memory,
    "<watchdog model='i6300esb' action='reste'/>",
    ['disk/duplicate-target', 'value/invalid'],
  ],
])('what cannot be read in %s hides nothing that does not depend on it', async (_, sections, device, codes) => {
  expect(await told(sections, `${disk("<target dev='vda'/>").repeat(2)}${device}`)).toEqual(codes)
})

test('what depends on it is not told: the number of the controller is not known', async () => {
  const controller = "<controller type='pci' index='one' model='pcie-root-port'/>\n"
  const onIt = disk("<target dev='vda'/><address type='pci' bus='9' slot='7'/>")
  expect(await told(memory, controller + onIt)).toEqual(['value/invalid'])
})

test('the memory that cannot be read is not missing', async () => {
  expect(await told('<memory>lots</memory>', '')).toEqual(['value/invalid'])
})

test('a misspelt machine type hides nothing', async () => {
  const found = await answer(`<domain type='kvm'><name>a</name>${memory}
<os><type arch='x86_64' machine='q53'>hvm</type></os>
<devices>${disk("<target dev='vda'/>").repeat(2)}</devices></domain>`)
  expect(found.map(([, code]) => code)).toEqual(['os/machine-unsupported', 'disk/duplicate-target'])
})

test('a section of which there may be several is taken out as well', async () => {
  const blobs = "<sysinfo type='fwcfg'><entry>x</entry></sysinfo>"
  expect(await told(`${memory}${blobs}`, disk("<target dev='vda'/>").repeat(2))).toEqual([
    'attribute/missing',
    'disk/duplicate-target',
  ])
})

test('a section that stands twice, and whose second part cannot be read, is none', async () => {
  const cpu = '<cpu/><cpu><numa><cell/></numa></cpu>'
  expect(await told(memory + cpu, '')).toContain('numa/cell-without-memory')
})

test('a floppy whose bus is not known is told once', async () => {
  expect(await told(memory, disk("<target dev='fda'/>"))).toEqual(['disk/unknown-bus'])
})
