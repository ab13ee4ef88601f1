import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'
import { chooseBuild, loadBuiltin } from '../../capabilities/builtin.ts'
import { convert } from '../../convert.ts'
import { genericHost } from '../../host/generic.ts'

const smbios = (xml: string) =>
  guest('', { os: "<smbios mode='sysinfo'/>", sections: `<sysinfo type='smbios'>${xml}</sysinfo>` })

test('facts print in their order, unknown ones are dropped, commas are doubled', async () => {
  const { options, xml } = await smbios(`<bios><entry name='date'>01/02/2003</entry><entry name='colour'>red</entry>
    <entry name='vendor'>A, B</entry></bios><oemStrings><entry>x</entry><entry>y</entry></oemStrings>`)
  expect(options('-smbios')).toEqual(['-smbios type=0,vendor=A,, B,date=01/02/2003', '-smbios type=11,value=x,value=y'])
  expect(xml).not.toContain('red')
})

test('boards and cases have a manufacturer, and there is one board', async () => {
  const board = (name: string) => `<baseBoard><entry name='product'>${name}</entry></baseBoard>`
  const facts = `${board('a')}<baseBoard/><chassis><entry name='serial'>S</entry></chassis>`
  expect((await smbios(facts)).options('-smbios')).toEqual([
    '-smbios type=2,manufacturer=,product=a',
    '-smbios type=3,manufacturer=,serial=S',
  ])
  expect((await smbios(board('a') + board('b'))).codes).toEqual(['sysinfo/second-board'])
})

test('tables that the mode does not ask for stay in the XML', async () => {
  const sections = "<sysinfo type='smbios'><bios><entry name='vendor'>A</entry></bios></sysinfo>"
  const { options, xml } = await guest('', { sections })
  expect(options('-smbios')).toEqual([])
  expect(xml).toContain("<entry name='vendor'>A</entry>")
})

test('blobs of the firmware, by text and by file', async () => {
  const sections = `<sysinfo type='fwcfg'><entry name='opt/com.example/a'>x,y</entry>
    <entry name='opt/com.example/b' file='/tmp/f'/></sysinfo>`
  expect((await guest('', { sections })).options('-fw_cfg')).toEqual([
    '-fw_cfg name=opt/com.example/a,string=x,y',
    '-fw_cfg name=opt/com.example/b,file=/tmp/f',
  ])
})

test.each([
  ["<sysinfo type='fwcfg'><entry name='etc/x'>a</entry></sysinfo>", 'sysinfo/blob-name'],
  ["<sysinfo type='fwcfg'><entry name='opt/ovmf/x'>a</entry></sysinfo>", 'sysinfo/blob-name'],
  ["<sysinfo type='fwcfg'><entry name='opt/x'/></sysinfo>", 'sysinfo/blob-value'],
  ["<sysinfo type='fwcfg'><entry name='opt/x' file='/f'>a</entry></sysinfo>", 'sysinfo/blob-value'],
  ["<sysinfo type='smbios'><bios><entry name='date'>13/01/2003</entry></bios></sysinfo>", 'sysinfo/date'],
])('refused: %s', async (sections, code) => {
  expect((await guest('', { sections })).codes).toEqual([code])
})

test('a mode needs its facts', async () => {
  expect((await guest('', { os: "<smbios mode='sysinfo'/>" })).codes).toEqual(['sysinfo/missing'])
  expect((await guest('', { os: "<smbios mode='host'/>" })).codes).toEqual(['host/unknown'])
})

test('a guest without a UUID has the one of its SMBIOS tables', async () => {
  const capabilities = await loadBuiltin(chooseBuild('x86_64').build!)
  const { xml, diagnostics } = convert(
    `<domain type='kvm'><name>a</name><memory>1048576</memory><os><type arch='x86_64'>hvm</type></os>
<sysinfo type='smbios'><system><entry name='uuid'>5D307CA9-b3ef-428c-8861-06e72d69f223</entry></system></sysinfo></domain>`,
    { capabilities, host: genericHost('x86_64') },
  )
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(xml).toContain('<uuid>5d307ca9-b3ef-428c-8861-06e72d69f223</uuid>')
})

test("the host's tables but for its UUID, each under its number", async () => {
  const fact = (name: string, value: string) => [{ name, value }]
  const smbios = {
    bios: fact('vendor', 'B'),
    system: [...fact('uuid', 'c7a5fdbd-0000-4000-8000-000000000001'), ...fact('product', 'S')],
    baseBoard: fact('serial', 'N'),
    chassis: fact('asset', 'C'),
  }
  expect((await guest('', { os: "<smbios mode='host'/>", host: { smbios } })).options('-smbios')).toEqual([
    '-smbios type=0,vendor=B',
    '-smbios type=1,product=S',
    '-smbios type=2,serial=N',
    '-smbios type=3,asset=C',
  ])
})
