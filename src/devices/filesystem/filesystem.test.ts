import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const shared = {
  machine: 'q35',
  sections: "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>",
}
const virtiofs = (attributes: string, driver: string, source = "<source dir='/a'/>", tag = 'x') =>
  `<filesystem type='mount' ${attributes}><driver type='virtiofs' ${driver}/>${source}<target dir='${tag}'/></filesystem>`

test.each([
  [virtiofs('', ''), []],
  [virtiofs("model='virtio'", ''), ['filesystem/virtiofs-model']],
  [virtiofs('', "wrpolicy='immediate'"), ['filesystem/virtiofs-wrpolicy']],
  [virtiofs('', '', '<source/>'), ['filesystem/missing-source']],
  [virtiofs('', '') + virtiofs('', ''), ['filesystem/tag-twice']],
  ["<filesystem><source dir='/a'/><target dir='x'/><boot order='1'/></filesystem>", ['filesystem/9p-boot']],
])('%s', async (xml, codes) => {
  expect((await guest(xml, shared)).codes).toEqual(codes)
})

test('libvirt starts the helper of virtiofs: a described host must have one', async () => {
  const host = { standing: () => 'described' as const, vhostUser: [] }
  expect((await guest(virtiofs('', ''), { ...shared, host })).codes).toEqual(['filesystem/no-helper'])
  const named =
    "<filesystem type='mount'><driver type='virtiofs'/><binary path='/v'/><source dir='/a'/><target dir='x'/></filesystem>"
  expect((await guest(named, { ...shared, host })).codes).toEqual([])
})

test('9p says readonly as a bare word', async () => {
  const fs = "<filesystem><source dir='/a'/><target dir='a'/><readonly/></filesystem>"
  expect((await guest(fs)).options('-fsdev')).toEqual([
    '-fsdev local,security_model=passthrough,id=fsdev-fs0,path=/a,readonly',
  ])
})
