import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'

// Each line as libvirt 11.3 and 12.8 answered it.
const options: GuestOptions = { release: '12.8', qemu: '11.1', machine: 'q35', native: true }
interface Parts {
  readonly source?: string
  readonly driver?: string
  readonly bus?: string
  readonly target?: string
  readonly rest?: string
  readonly format?: string
  readonly device?: string
}
const names: { readonly [bus: string]: string } = { virtio: 'vda', ide: 'hda', fdc: 'fda' }
const disk = ({
  source = '',
  driver = '',
  bus = 'virtio',
  target = '',
  rest = '',
  format = 'raw',
  device = 'disk',
}: Parts) =>
  `<disk type='file' device='${device}'><driver name='qemu' type='${format}'>${driver}</driver><source file='/a'>${source}</source>
    <target dev='${names[bus] ?? 'sda'}' bus='${bus}' ${target}/>${rest}</disk>`

describe('the store of the data of a qcow2 image', () => {
  const store = (file: string, rest = '', format = 'raw') =>
    `<dataStore type='file'><format type='${format}'/><source file='${file}'>${rest}</source></dataStore>`
  const below = `<backingStore type='file'><format type='qcow2'/><source file='/b'>${store('/e')}</source><backingStore/></backingStore>`

  test('is a node of its own, numbered after its image', async () => {
    const devices = disk({ source: store('/d'), format: 'qcow2', rest: below })
    const { options: printed, codes, xml } = await guest(devices, options)
    expect(codes).toEqual([])
    expect(printed('-blockdev')).toEqual([
      '-blockdev {"driver":"file","filename":"/e","node-name":"libvirt-4-storage","read-only":true}',
      '-blockdev {"driver":"file","filename":"/b","node-name":"libvirt-3-storage","auto-read-only":true,"discard":"unmap"}',
      '-blockdev {"node-name":"libvirt-3-format","read-only":true,"driver":"qcow2","data-file":"libvirt-4-storage","file":"libvirt-3-storage","backing":null}',
      '-blockdev {"driver":"file","filename":"/d","node-name":"libvirt-2-storage","read-only":false}',
      '-blockdev {"driver":"file","filename":"/a","node-name":"libvirt-1-storage","auto-read-only":true,"discard":"unmap"}',
      '-blockdev {"node-name":"libvirt-1-format","read-only":false,"driver":"qcow2","data-file":"libvirt-2-storage","file":"libvirt-1-storage","backing":"libvirt-3-format"}',
    ])
    expect(xml).toContain("<source file='/d'/>\n        </dataStore>")
  })

  test('is not read by a release before 10.10', async () => {
    const devices = disk({ source: store('/d'), format: 'qcow2' })
    const { lines, warnings } = await guest(devices, { ...options, release: '10.1' })
    expect(lines.join()).not.toContain('data-file')
    expect(warnings).toEqual(['element/newer'])
  })

  test.each([
    ['disk/data-store-format', disk({ source: store('/d') })],
    ['disk/data-store-raw', disk({ source: store('/d', '', 'qcow2'), format: 'qcow2' })],
    ['source/data-store-nested', disk({ source: store('/d', store('/e')), format: 'qcow2' })],
    [
      'source/data-store-nested',
      disk({ source: store('/d', "<slices><slice type='storage' offset='0' size='1'/></slices>"), format: 'qcow2' }),
    ],
    [
      'source/data-store-without-source',
      disk({ source: "<dataStore type='file'><format type='raw'/></dataStore>", format: 'qcow2' }),
    ],
    [
      'source/data-store-without-format',
      disk({ source: "<dataStore type='file'><source file='/d'/></dataStore>", format: 'qcow2' }),
    ],
  ])('%s: %s', async (code, devices) => {
    expect((await guest(devices, options)).codes).toEqual([code])
  })
})

describe('statistics', () => {
  const intervals = (...list: number[]) =>
    `<statistics>${list.map((it) => `<statistic interval='${it}'/>`).join('')}</statistics>`
  const histogram = (type: string, ...bins: number[]) =>
    `<statistics><latency-histogram${type && ` type='${type}'`}>${bins.map((it) => `<bin start='${it}'/>`).join('')}</latency-histogram></statistics>`

  test('over intervals are a property of the device, ahead of dpofua', async () => {
    const devices = disk({ bus: 'scsi', driver: intervals(1, 10), target: "dpofua='on'", rest: '<serial>s</serial>' })
    expect((await guest(devices, options)).devices(/scsi-hd/)[0]).toContain(
      '"serial":"s","stats-intervals":[1,10],"dpofua":true}',
    )
  })

  test('a histogram is kept for libvirt to ask for; its first bin starts at 0', async () => {
    const { xml, devices } = await guest(disk({ driver: histogram('read', 5) }), options)
    expect(xml).toMatch(/<latency-histogram type='read'>\s*<bin start='0'\/>\s*<bin start='5'\/>/)
    expect(devices(/virtio-blk/)[0]).not.toContain('stats')
  })

  test.each([
    ['disk/statistics-bus', disk({ driver: intervals(1), bus: 'fdc', device: 'floppy' }), { machine: 'pc' }],
    ['disk/histogram-order', disk({ driver: histogram('', 5, 5) }), {}],
    ['disk/histogram-without-bins', disk({ driver: histogram('') }), {}],
    ['disk/dpofua-bus', disk({ bus: 'sata', target: "dpofua='off'" }), {}],
    ['value/invalid', disk({ driver: intervals(0) }), {}],
    ['disk/statistics-unsupported', disk({ driver: intervals(1) }), { capabilities: { remove: ['disk-timed-stats'] } }],
  ] as [string, string, GuestOptions][])('%s: %s', async (code, devices, rest) => {
    expect((await guest(devices, { ...options, ...rest })).codes).toEqual([code])
  })

  test('two histograms of one type', async () => {
    const twice = histogram('read', 0).replace('</statistics>', histogram('read', 0).replace('<statistics>', ''))
    expect((await guest(disk({ driver: twice }), options)).codes).toEqual(['disk/histogram-doubled'])
  })

  test.each([
    ['10.1', ['attribute/newer', 'element/newer']],
    ['11.9', ['attribute/newer']],
    ['11.10', []],
  ] as const)('%s', async (release, expected) => {
    const devices = disk({ bus: 'scsi', driver: intervals(1), target: "dpofua='on'" })
    const { warnings, codes } = await guest(devices, { ...options, release })
    expect(codes).toEqual([])
    expect([...warnings].sort()).toEqual(expected)
  })
})

describe('what a guest knows a disk by', () => {
  const product = (text: string) => `<product>${text}</product>`

  test('the product of an ATA disk is its model, since 11.1', async () => {
    const devices = disk({ bus: 'sata', rest: product('my disk') })
    expect((await guest(devices, options)).devices(/ide-hd/)[0]).toContain('"model":"my disk"')
    expect((await guest(devices, { ...options, release: '10.1' })).codes).toEqual(['disk/scsi-only'])
  })

  test.each([
    ['disk/product', disk({ bus: 'scsi', rest: product('x'.repeat(17)) })],
    ['disk/product', disk({ bus: 'sata', rest: product('x'.repeat(41)) })],
    ['disk/scsi-only', disk({ bus: 'usb', rest: product('x') })],
    ['disk/scsi-only', disk({ bus: 'sata', rest: '<vendor>x</vendor>' })],
  ])('%s: %s', async (code, devices) => {
    expect((await guest(devices, options)).codes).toEqual([code])
  })
})

test('a granularity of 0 is none before 11.6', async () => {
  const devices = disk({ rest: "<blockio discard_granularity='0'/>" })
  expect((await guest(devices, options)).devices(/virtio-blk/)[0]).toContain('"discard_granularity":0')
  expect((await guest(devices, { ...options, release: '11.3' })).devices(/virtio-blk/)[0]).not.toContain('granularity')
})

test('the granularity of discards is said last since 12.8', async () => {
  const devices = disk({
    bus: 'usb',
    rest: "<serial>A</serial><blockio logical_block_size='512' discard_granularity='512'/>",
  })
  const line = async (release: '11.3' | '12.8') =>
    (await guest(devices, { ...options, release })).devices(/usb-storage/)[0]
  expect(await line('12.8')).toMatch(
    /"logical_block_size":512,"removable":false,"serial":"A","discard_granularity":512}$/,
  )
  expect(await line('11.3')).toContain(
    '"logical_block_size":512,"discard_granularity":512,"removable":false,"serial":"A"',
  )
})

test('libvirt looks for local sources only', async () => {
  const nvme = `<disk type='nvme'><source type='pci' namespace='1' startupPolicy='optional'><address bus='1'/></source><target dev='vda'/></disk>`
  expect((await guest(nvme, options)).codes).toEqual(['source/startup-policy'])
})

test('a vDPA disk sees the memory of the guest', async () => {
  const vdpa = `<disk type='vhostvdpa'><driver name='qemu' type='raw' cache='none'/><source dev='/dev/vhost-vdpa-0'/><target dev='vda'/></disk>`
  expect((await guest(vdpa, options)).codes).toEqual(['memory/not-shared'])
})
