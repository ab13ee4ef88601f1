import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const of = (sections: string, securityModels = ['selinux', 'dac']) => guest('', { sections, host: { securityModels } })

test.each([
  ["<seclabel type='none'/>", "<seclabel type='none' model='selinux'/>"],
  ["<seclabel type='dynamic'/>", "<seclabel type='dynamic' model='selinux' relabel='yes'/>"],
  [
    "<seclabel type='static' model='dac'><label>+0:+0</label><imagelabel>+0:+0</imagelabel></seclabel>",
    "<seclabel type='static' model='dac' relabel='no'>\n    <label>+0:+0</label>\n  </seclabel>",
  ],
])('%s', async (xml, printed) => {
  expect((await of(xml)).xml).toContain(printed)
})

test('without a security model there is nothing to confine with', async () => {
  expect((await of("<seclabel type='dynamic'/>", ['none'])).xml).toContain("<seclabel type='none' model='none'/>")
})

test('a label of a source alone', async () => {
  const disk = (label: string) =>
    guest(`<disk type='file'><source file='/a'>${label}</source><target dev='vda' bus='virtio'/></disk>`)
  expect((await disk("<seclabel model='selinux' labelskip='yes'/>")).xml).toContain("<source file='/a'/>")
  expect((await disk("<seclabel model='dac' relabel='no'/>")).xml).toContain("<seclabel model='dac' relabel='no'/>")
  expect((await disk("<seclabel model='dac' relabel='yes'/>")).codes).toEqual(['seclabel/source-without-label'])
})

test.each([
  ["<seclabel type='static'/>", 'seclabel/missing-label'],
  ['<seclabel/>', 'seclabel/missing-model'],
  ["<seclabel type='none' relabel='yes'/>", 'seclabel/relabel'],
  ["<seclabel type='dynamic' relabel='no'/>", 'seclabel/relabel'],
  ["<seclabel model='dac'/><seclabel model='dac'/>", 'seclabel/duplicate'],
])('refused: %s', async (xml, code) => {
  expect((await of(xml)).codes).toEqual([code])
})

test.each(['static', 'dynamic'])('%s: without a model no label stays', async (type) => {
  const { xml } = await of(`<seclabel type='${type}' model='none'><label>2</label><baselabel>b</baselabel></seclabel>`)
  expect(xml).toContain("<seclabel type='none' model='none'/>\n")
})
