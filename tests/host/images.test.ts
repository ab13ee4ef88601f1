import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { recordHost } from '../../src/host/record/index.ts'
import { treeReader } from '../../src/host/record/reader.ts'
import { guest } from '../guest.ts'
import { tree } from './trees.ts'

const hasQemuImg = spawnSync('qemu-img', ['--version']).status === 0
if (!hasQemuImg) console.warn('SKIPPED images against qemu-img: it is not installed')

const imagesOf = (root: string, ...paths: string[]) => {
  const { facts, diagnostics } = recordHost(treeReader(root), 'x86_64', { images: paths })
  return { images: facts.images, codes: diagnostics.map(({ code }) => code).filter((code) => code !== 'host/no-pci') }
}

describe.skipIf(!hasQemuImg)('headers that qemu-img writes', () => {
  const create = (root: string, ...args: string[]) => execFileSync('qemu-img', ['create', '-q', ...args], { cwd: root })

  test.each([
    ['raw', 'raw', []],
    ['qcow', 'qcow', []],
    ['qcow2', 'qcow2', []],
    ['qcow2', 'qcow2', ['-o', 'compat=0.10']],
    ['qed', 'qed', []],
    ['vmdk', 'vmdk', []],
    ['vmdk', 'vmdk', ['-o', 'subformat=monolithicFlat']],
    ['vdi', 'vdi', []],
    ['vpc', 'vpc', []],
    ['vhdx', 'vhdx', []],
  ] as const)('%s', (format, expected, options) => {
    const root = tree({ 'x/y': '' })
    create(root, '-f', format, ...options, 'x/image', '4M')
    expect(imagesOf(root, '/x/image').images).toEqual([{ path: '/x/image', type: 'file', format: expected }])
    const said = JSON.parse(
      execFileSync('qemu-img', ['info', '--output=json', join(root, 'x/image')], { encoding: 'utf8' }),
    )
    expect(said.format).toBe(expected)
  })

  test.each([
    ['qcow2', 'qcow2'],
    ['qed', undefined],
  ])('a chain of %s, relative names included', (format, told) => {
    const root = tree({ 'a/b/c': '' })
    create(root, '-f', 'raw', 'a/base', '1M')
    create(root, '-f', format, '-b', '../base', '-F', 'raw', 'a/b/middle')
    create(root, '-f', format, '-b', 'middle', '-F', format, 'a/b/top')
    expect(imagesOf(root, '/a/b/top').images).toEqual([
      { path: '/a/b/top', type: 'file', format, backing: { path: '/a/b/middle', ...(told && { format: told }) } },
      { path: '/a/b/middle', type: 'file', format, backing: { path: '/a/base', format: 'raw' } },
      { path: '/a/base', type: 'file', format: 'raw' },
    ])
  })

  test('a chain that loops is told, and ends', () => {
    const root = tree({ 'a/x': '' })
    create(root, '-f', 'qcow2', 'a/one', '1M')
    create(root, '-f', 'qcow2', '-b', '/a/one', '-F', 'qcow2', '-u', 'a/two', '1M')
    execFileSync('qemu-img', ['rebase', '-u', '-b', '/a/two', '-F', 'qcow2', join(root, 'a/one')])
    expect(imagesOf(root, '/a/two').codes).toEqual(['host/image-loop'])
  })
})

test('LUKS by its magic: to make one takes seconds', () => {
  const root = tree({ 'a/x': '' })
  writeFileSync(join(root, 'a/x'), Buffer.concat([Buffer.from('LUKS'), Buffer.from([0xba, 0xbe, 0, 1])]))
  expect(imagesOf(root, '/a/x').images).toEqual([{ path: '/a/x', type: 'file', format: 'luks' }])
})

test('an image that is not there is told', () => {
  expect(imagesOf(tree({ 'a/x': '' }), '/a/y')).toEqual({ images: [], codes: ['host/no-image'] })
})

test('a header that promises more than there is', () => {
  const root = tree({ 'a/x': '' })
  expect(imagesOf(root, '/a/x').images).toEqual([{ path: '/a/x', type: 'file', format: 'raw' }])
  writeFileSync(
    join(root, 'a/x'),
    Buffer.concat([Buffer.from('QFI'), Buffer.from([0xfb, 0, 0, 0, 3]), Buffer.alloc(600, 0x7f)]),
  )
  expect(imagesOf(root, '/a/x').images).toEqual([{ path: '/a/x', type: 'file', format: 'qcow2' }])
})

describe('a start looks into images', () => {
  const disk = "<disk type='file'><driver type='qcow2'/><source file='/top'/><target dev='vda' bus='virtio'/></disk>"
  const top = { path: '/top', type: 'file', format: 'qcow2' } as const
  const nodes = async (images: unknown) => (await guest(disk, { host: { images } as never })).options('-blockdev')

  test('one of which nobody knows has nothing below it', async () => {
    const { options, notes } = await guest(disk)
    expect(options('-blockdev').at(-1)).toContain('"backing":null')
    expect(notes.join()).toContain('images below local images (none)')
  })

  test('what lies below has nodes of its own', async () => {
    const lines = await nodes([
      { ...top, backing: { path: '/base', format: 'raw' } },
      { path: '/base', type: 'block', format: 'raw' },
    ])
    expect(lines[0]).toContain('"driver":"host_device","filename":"/base","node-name":"libvirt-2-storage"')
    expect(lines.at(-1)).toContain('"backing":"libvirt-2-')
  })

  test.each<[string, unknown[], string]>([
    ['an image below that nobody read', [{ ...top, backing: { path: '/base', format: 'raw' } }], 'host/unknown'],
    [
      'a format that the header does not say',
      [
        { ...top, backing: { path: '/base' } },
        { path: '/base', type: 'file', format: 'qcow2' },
      ],
      'disk/backing-format',
    ],
    ['a chain that loops', [{ ...top, backing: { path: '/top', format: 'qcow2' } }], 'disk/backing-loop'],
  ])('%s is refused', async (_what, images, code) => {
    expect((await guest(disk, { host: { images } as never })).codes).toEqual([code])
  })

  test('domxml-to-native looks into none', async () => {
    const { lines } = await guest(disk, { native: true })
    expect(lines.join()).not.toContain('backing')
  })
})
