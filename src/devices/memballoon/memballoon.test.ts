import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('all that a balloon may carry', async () => {
  const { devices, xml } =
    await guest(`<memballoon model='virtio-non-transitional' freePageReporting='on' autodeflate='off'>
    <driver packed='on' iommu='on'/><stats period='7'/></memballoon>`)
  expect(devices(/balloon/)).toEqual([
    '-device {"driver":"virtio-balloon-pci-non-transitional","iommu_platform":true,"packed":true,"id":"balloon0",' +
      '"deflate-on-oom":false,"free-page-reporting":true,"bus":"pci.0","addr":"0x2"}',
  ])
  expect(xml).toMatch(/<stats period='7'\/>\n\s+<address .*\n\s+<driver iommu='on' packed='on'\/>/)
})

test.each([
  ["<memballoon model='xen'/>", 'memballoon/model-unsupported'],
  ["<memballoon model='virtio'/><memballoon model='none'/>", 'memballoon/several'],
  ["<memballoon model='helium'/>", 'memballoon/model'],
])('refused: %s', async (xml, code) => {
  expect((await guest(xml)).codes).toContain(code)
})

test('an old QEMU reports no free pages', async () => {
  const { codes } = await guest("<memballoon model='virtio' freePageReporting='on'/>", { qemu: '5.0.0' })
  expect(codes).toEqual(['memballoon/reporting-unsupported'])
})

test('no balloon has no alias', async () => {
  expect((await guest("<memballoon model='none'><alias name='ua-b'/></memballoon>")).xml).toContain(
    "<memballoon model='none'/>",
  )
})

test('the period of statistics is read in C notation', async () => {
  const { xml } = await guest("<memballoon model='virtio'><stats period='010'/></memballoon>")
  expect(xml).toContain("<stats period='8'/>")
})
