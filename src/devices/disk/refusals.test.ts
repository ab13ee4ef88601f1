import { describe, expect, it, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

interface Parts {
  readonly attributes?: string
  readonly driver?: string
  readonly source?: string
  readonly target?: string
  readonly rest?: string
}

function disk({
  attributes = '',
  driver = '',
  source = "<source file='/a'/>",
  target = "dev='vda' bus='virtio'",
  rest = '',
}: Parts) {
  return `<disk ${attributes}>${driver && `<driver name='qemu' type='raw' ${driver}/>`}${source}<target ${target}/>${rest}</disk>`
}

const scsi = "dev='sda' bus='scsi'"
const lun = { attributes: "type='block' device='lun'", source: "<source dev='/dev/a'/>", target: scsi }
const socket = { attributes: "type='vhostuser'", source: "<source type='unix' path='/a'/>" }

const sharedMemory = "<memoryBacking><access mode='shared'/></memoryBacking>"

const refused: readonly (readonly [code: string, parts: Parts])[] = [
  ['disk/floppy-bus', { target: "dev='fda' bus='fdc'" }],
  ['disk/translation-bus', { rest: "<geometry cyls='16' heads='16' secs='63' trans='lba'/>" }],
  ['disk/floppy-bus', { attributes: "device='floppy'", target: "dev='sda' bus='usb'" }],
  ['disk/floppy-name', { attributes: "device='floppy'", target: "dev='hda'" }],
  ['disk/cdrom-bus', { attributes: "device='cdrom'" }],
  ['disk/readonly-ata', { target: "dev='sda' bus='sata'", rest: '<readonly/>' }],
  ['disk/tray-device', { target: `${scsi} tray='open'` }],
  ['disk/startup-policy-device', { source: "<source file='/a' startupPolicy='requisite'/>" }],
  ['disk/copy-on-read-readonly', { driver: "copy_on_read='on'", rest: '<readonly/>' }],
  ['disk/rotation-rate-bus', { target: "dev='vda' bus='virtio' rotation_rate='1'" }],
  ['disk/serial', { rest: '<serial>a/b</serial>' }],
  ['disk/wwn-lun', { ...lun, rest: '<wwn>5000c50015ea71ad</wwn>' }],
  ['disk/sgio-unfiltered', { ...lun, attributes: "type='block' device='lun' sgio='unfiltered'" }],
  [
    'disk/iotune-total',
    { rest: '<iotune><total_iops_sec_max>1</total_iops_sec_max><read_iops_sec_max>1</read_iops_sec_max></iotune>' },
  ],
  ['disk/iotune-limit', { rest: '<iotune><read_bytes_sec>1000000000000001</read_bytes_sec></iotune>' }],
  ['disk/vhost-user-bus', { ...socket, target: scsi }],
  ['disk/vhost-user-option', { ...socket, rest: '<readonly/>' }],
  ['disk/vhost-user-option', { ...socket, driver: "cache='none'" }],
  ['disk/vhost-user-option', { ...socket, attributes: "type='vhostuser' snapshot='external'" }],
  ['disk/vhost-user-path', { ...socket, source: "<source type='unix'/>" }],
  [
    'disk/vhost-user-reconnect',
    { ...socket, source: "<source type='unix' path='/a'><reconnect enabled='yes'/></source>" },
  ],
]

describe('a disk is refused', () => {
  it.each(refused)('%s: %o', async (code, parts) => {
    const { codes, errors } = await guest(disk(parts), { sections: sharedMemory })
    expect(codes).toEqual([code])
    expect(errors[0]?.span).toBeDefined()
  })
})

describe('numbers that say nothing', () => {
  it('are forgotten, and an element that they were all of', async () => {
    const { codes, xml } = await guest(
      disk({
        driver: "queues='0' queue_size='0'",
        rest: `<geometry cyls='1'/><blockio logical_block_size='0'/><serial></serial>
          <iotune><total_bytes_sec>0</total_bytes_sec></iotune>`,
      }),
    )
    expect(codes).toEqual([])
    expect(xml).toMatch(
      /<disk [^>]*>\s*<driver name='qemu' type='raw'\/>\s*<source file='\/a'\/>\s*<target [^>]*>\s*<address [^>]*>\s*<\/disk>/,
    )
  })

  // libvirt 11.3 and 12.8 asked.
  it('are told from a group, whose limits those have that only name it', async () => {
    const named = disk({ rest: '<iotune><group_name>slow</group_name></iotune>' })
    const limit = '<iotune><total_iops_sec>5</total_iops_sec><group_name>slow</group_name></iotune>'
    const limited = disk({ target: "dev='vdb' bus='virtio'", source: "<source file='/b'/>", rest: limit })
    expect((await guest(named)).codes).toEqual(['disk/iotune-group-alone'])
    expect((await guest(named.replace('</iotune>', '<total_iops_sec>0</total_iops_sec></iotune>'))).codes).toEqual([
      'disk/iotune-group-alone',
    ])
    for (const devices of [named + limited, limited + named]) {
      const { codes, xml } = await guest(devices)
      expect(codes).toEqual([])
      expect(xml?.match(/<total_iops_sec>5</g)).toHaveLength(2)
    }
  })
})

it('an NVMe address is written whole; libvirt manages the controller unless told not to', async () => {
  const { xml } = await guest(
    disk({ attributes: "type='nvme'", source: "<source type='pci' namespace='1'><address bus='1'/></source>" }),
  )
  expect(xml).toContain("<source type='pci' managed='yes' namespace='1'>")
  expect(xml).toContain("<address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>")
})

describe('how an image is opened', () => {
  const image = (
    driver: string,
    rest = '',
    attributes = "type='file'",
    source = "<source file='/a'/>",
    bus = 'virtio',
  ) =>
    `<disk ${attributes}><driver name='qemu' ${driver}/>${source}<target dev='${bus === 'virtio' ? 'vda' : 'sda'}' bus='${bus}'/>${rest}</disk>`
  const block = ["type='block'", "<source dev='/a'/>"] as const
  const tune = (name: string, bytes: number) =>
    image(
      "type='raw'",
      `<iotune><total_bytes_sec>${bytes}</total_bytes_sec><group_name>g</group_name></iotune>`,
    ).replace('vda', name)
  test.each([
    [image("type='raw' io='native'"), ['disk/io-native-cache']],
    [image("type='raw' io='native' cache='writeback'"), ['disk/io-native-cache']],
    [image("type='raw' io='native' cache='none'"), []],
    [image("type='raw' discard_no_unref='on'"), ['disk/discard-no-unref']],
    [image("type='qcow2' discard_no_unref='on'", '<readonly/>'), ['disk/discard-no-unref']],
    [image("type='raw'", '<transient/>', ...block), ['disk/transient']],
    [image("type='raw'", '<readonly/><transient/>'), ['disk/transient']],
    [
      image("type='raw'", "<transient shareBacking='yes'/>", "type='file'", "<source file='/a'/>", 'sata'),
      ['disk/transient'],
    ],
    [
      image("type='raw'", "<geometry cyls='1' heads='1' secs='1'/>", "type='file'", "<source file='/a'/>", 'usb'),
      ['disk/geometry-bus'],
    ],
    [tune('vda', 1000) + tune('vdb', 2000), ['disk/iotune-group']],
    [tune('vda', 1000) + tune('vdb', 1000), []],
    [
      image(
        "type='raw'",
        '',
        "type='block' device='lun'",
        "<source dev='/a'><slices><slice type='storage' offset='0' size='512'/></slices></source>",
        'scsi',
      ),
      ['disk/lun-slices'],
    ],
  ])('%s', async (xml, codes) => {
    expect((await guest(xml)).codes).toEqual(codes)
  })
})

test.each([
  [2, 1],
  [3, 1],
  [4, 0],
  [1024, 0],
  [2048, 1],
])('QEMU starts a virtqueue of %d: %d errors', async (size, errors) => {
  const refused = { code: 'disk/queue-size', when: 'start' }
  const found = await guest(disk({ driver: `queue_size='${size}'` }))
  expect(found.errors).toMatchObject(Array(errors).fill(refused))
})

test.each([
  ['<product>0123456789abcdef</product>', []],
  ['<product>0123456789abcdefg</product>', ['disk/product']],
])('a SCSI disk with %s', async (rest, codes) => {
  const scsi = `<disk type='file'><source file='/a'/><target dev='sda' bus='scsi'/>${rest}</disk>`
  expect((await guest(scsi, { release: '11.3' })).codes).toEqual(codes)
})

test.each([
  ["<driver name='qemu' type='raw'/>", []],
  ["<driver name='qemu' type='qcow2'/>", ['disk/lun-format']],
  ['', []],
])('a LUN with %j', async (driver, codes) => {
  const lun = `<disk type='block' device='lun'>${driver}<source dev='/dev/x'/><target dev='sda' bus='scsi'/></disk>`
  expect((await guest(lun, { release: '11.3' })).codes).toEqual(codes)
})

describe('a vDPA disk goes past the page cache of the host', () => {
  const vdpa = (driver: string) =>
    guest(disk({ attributes: "type='vhostvdpa'", source: "<source dev='/dev/vhost-vdpa-0'/>", driver }), {
      sections: sharedMemory,
    })

  test.each(['none', 'directsync'])('%s does so', async (cache) => {
    expect((await vdpa(`cache='${cache}'`)).codes).not.toContain('disk/vhost-vdpa-cache')
  })

  test.each(['', "cache='default'", "cache='writeback'", "cache='unsafe'"])('«%s» does not', async (driver) => {
    expect((await vdpa(driver)).codes).toContain('disk/vhost-vdpa-cache')
  })
})

test('a directory without a format is none', async () => {
  const { codes } = await guest("<disk type='dir'><source dir='/a'/><target dev='vda'/><readonly/></disk>")
  expect(codes).toContain('disk/fat-directory')
})

test('a part of a network source that another protocol has is forgotten, and so is a time of 0', async () => {
  const xmlOf = async (protocol: string, part: string) =>
    (
      await guest(
        `<disk type='network'><source protocol='${protocol}' name='a/1'><host name='h'/>${part}</source><target dev='vda'/></disk>`,
      )
    ).xml
  expect(await xmlOf('iscsi', "<timeout seconds='3'/>")).not.toContain('<timeout')
  expect(await xmlOf('https', "<timeout seconds='3'/>")).toContain('<timeout')
  expect(await xmlOf('https', "<timeout seconds='0'/>")).not.toContain('<timeout')
  expect(await xmlOf('rbd', "<readahead size='8'/>")).not.toContain('<readahead')
  expect(await xmlOf('nfs', "<reconnect delay='2'/>")).not.toContain('<reconnect')
  expect(await xmlOf('nbd', "<identity user='root'/>")).not.toContain('<identity')
  expect(await xmlOf('iscsi', '<initiator/>')).not.toContain('<initiator')
})

test('a transitional model is a PCI device, which libvirt overlooks on virtio-mmio alone', async () => {
  const at = (address: string) => disk({ attributes: "model='virtio-transitional'", rest: `<address ${address}/>` })
  const mainframe = { arch: 's390x', machine: 's390-ccw-virtio' } as const
  const onCcw = await guest(at("type='ccw' cssid='0xfe' ssid='0' devno='1'"), mainframe)
  expect(onCcw.codes).toEqual(['disk/model-address'])
  const { devices } = await guest(at("type='virtio-mmio'"), { arch: 'aarch64', machine: 'virt' })
  expect(devices(/virtio-disk0/)[0]).toContain('"driver":"virtio-blk-device-transitional"')
})

test('a disk is on virtio-mmio where QEMU has that bus', async () => {
  const onMmio = disk({ rest: "<address type='virtio-mmio'/>" })
  expect((await guest(onMmio)).codes).toEqual([])
  const pseries = { arch: 'ppc64', machine: 'pseries' } as const
  expect((await guest(onMmio, pseries)).codes).toEqual(['disk/address-type'])
})

test('only the metadata of qcow2 are cached, at any depth of a chain', async () => {
  const cache = (bytes: number) => `<metadata_cache><max_size unit='bytes'>${bytes}</max_size></metadata_cache>`
  const chain = (top: string, bottom: string, bytes = 65536) =>
    `<disk type='file'><driver name='qemu' type='${top}'>${top === 'qcow2' ? '' : cache(bytes)}</driver><source file='/a'/>
      <backingStore type='file'><format type='${bottom}'>${cache(bytes)}</format><source file='/b'/><backingStore/></backingStore>
      <target dev='vda' bus='virtio'/></disk>`
  expect((await guest(chain('qcow2', 'qcow2'))).codes).toEqual([])
  expect((await guest(chain('qcow2', 'raw'))).codes).toEqual(['disk/metadata-cache-format'])
  expect((await guest(chain('qcow2', 'raw', 0))).codes).toEqual([])
  const raw = `<disk type='file'><driver type='raw'>${cache(1)}</driver><source file='/a'/><target dev='vda'/></disk>`
  expect((await guest(raw)).codes).toEqual(['disk/metadata-cache-format'])
})

/** What asks for a certain bus says nothing of a bus that nobody knows: the name is what is wrong. */
test.each<[string, Parts]>([
  ['transient', { rest: "<transient shareBacking='yes'/>" }],
  ['trans', { rest: "<geometry cyls='1' heads='1' secs='1' trans='lba'/>" }],
  ['removable', { target: "dev='2' removable='on'" }],
  ['dpofua', { target: "dev='2' dpofua='on'" }],
  ['statistic', { driver: "><statistics><statistic interval='1'/></statistics></driver><alias name='ua-a'" }],
  ['a LUN', { attributes: "type='block' device='lun'", source: "<source dev='/dev/a'/>" }],
])('%s on no bus', async (_, parts) => {
  const { codes, conversion } = await guest(disk({ target: "dev='2'", ...parts }), { release: '12.8', qemu: '11.1' })
  expect(codes).toContain('disk/unknown-bus')
  expect(codes.filter((code) => code !== 'disk/unknown-bus' && code !== 'disk/target-name')).toEqual([])
  expect(JSON.stringify(conversion.diagnostics)).not.toContain('undefined')
})
