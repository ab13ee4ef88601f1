import { describe, expect, it } from 'vitest'
import { guest } from '../../tests/guest.ts'

const virtiofs = "<filesystem type='mount'><driver type='virtiofs'/><source dir='/a'/><target dir='tag'/></filesystem>"
const disk = "<disk type='vhostuser'><source type='unix' path='/a'/><target dev='vda' bus='virtio'/></disk>"
const shared = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"
const cells = (...access: string[]) =>
  `<vcpu>${access.length}</vcpu><cpu><numa>${access.map((it, id) => `<cell id='${id}' cpus='${id}' memory='128' unit='MiB' ${it}/>`).join('')}</numa></cpu>`

describe('memory for a process beside QEMU', () => {
  it.each([
    ['of a guest that says nothing', ''],
    ['of which a cell is private', shared + cells('', "memAccess='private'")],
    ['that is a memfd, but private', "<memoryBacking><source type='memfd'/></memoryBacking>"],
  ])('is refused %s', async (_what, sections) => {
    const { codes } = await guest(virtiofs + disk, { sections })
    expect(codes).toEqual(['memory/not-shared', 'memory/not-shared'])
  })

  it.each([
    ['as a whole', shared],
    ['cell by cell', cells("memAccess='shared'", "memAccess='shared'")],
  ])('is shared %s', async (_what, sections) => {
    expect((await guest(virtiofs + disk, { sections })).codes).toEqual([])
  })

  it('must have cells where QEMU cannot make it a backend', async () => {
    expect((await guest(disk, { sections: shared, qemu: '4.2.0' })).codes).toContain('memory/not-shared')
  })
})
