import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../guest.ts'

const q35 = { machine: 'q35', release: '11.3', qemu: '10.0.0' } as const satisfies GuestOptions
const target = "<target dev='vda' bus='virtio'/>"
const remote = (protocol: string, inner: string, attributes = '', name = 'n') =>
  `<disk type='network'><driver name='qemu' type='raw'/><source protocol='${protocol}' name='${name}' ${attributes}>${inner}</source>${target}</disk>`
const firmware = (nvram: string) => ({
  ...q35,
  sections: '<features><acpi/></features>',
  os: `<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>${nvram}`,
})

/** libvirt 11.3 and 12.8 were asked each. */
describe('a definition keeps of a source', () => {
  test.each([
    [remote('ssh', "<host name='h'/>", "query='q'"), "<source protocol='ssh' name='n'>"],
    [remote('https', "<host name='h'/>", "query='q'"), "<source protocol='https' name='n' query='q'>"],
    [remote('iscsi', "<host name='h' transport='rdma'/>"), "<host name='h' transport='rdma'/>"],
    [remote('nbd', "<host name='h' port='3' transport='unix' socket='/s'/>"), "<host transport='unix' socket='/s'/>"],
    [
      "<hostdev mode='subsystem' type='scsi'><source protocol='iscsi' name='n'><host name='h' transport='rdma'/></source></hostdev>",
      "<host name='h'/>",
    ],
    [
      `<disk type='file'><driver name='qemu' type='qcow2'/><source file='/a'><dataStore type='network'><format type='raw'/><source protocol='nbd'><host name='h'/></source></dataStore></source>${target}</disk>`,
      "<host name='h' port='10809'/>",
    ],
  ])('%s', async (devices, kept) => {
    const { codes, xml } = await guest(devices, q35)
    expect(codes).toEqual([])
    expect(xml).toContain(kept)
  })

  test.each([
    ["<nvram type='network'><source protocol='nbd'><host name='h'/></source></nvram>", "<host name='h' port='10809'/>"],
    ["<nvram type='file'><source file='/x' startupPolicy='mandatory'/></nvram>", "<source file='/x'/>"],
    ['<nvram>\n <source>\n <seclabel>\n <label>/x</label>\n </seclabel>\n </source>\n </nvram>', '>/x</nvram>'],
  ])('of variables: %s', async (nvram, kept) => {
    const { xml } = await guest('', firmware(nvram))
    expect(xml).toContain(kept)
  })

  test('all that stands in it, where it is a text', async () => {
    const rng = "<rng model='virtio'><backend model='random'><name>/dev/y</name></backend></rng>"
    expect((await guest(rng, q35)).xml).toContain("<backend model='random'>/dev/y</backend>")
  })
})

describe('a source is refused', () => {
  test.each([
    [remote('ssh', "<host name='h'/>", "tls='yes'"), 'source/tls-protocol'],
    [remote('nbd', "<host name='h' transport='rdma'/>"), 'source/transport'],
    [remote('nfs', "<host transport='unix' socket='/s'/>"), 'source/transport'],
    [remote('vxhs', "<host name='h'/>"), 'source/protocol-gone'],
    [`<disk type='file'><source file='/a'/>${target}<encryption format='luks2'/></disk>`, 'source/luks2-engine'],
    [
      "<disk type='file' device='cdrom'><driver type='vmdk'/><target dev='sda'/><encryption format='luks'/></disk>",
      'disk/encryption-format',
    ],
    [
      "<disk type='nvme'><source type='pci' namespace='1'><address slot='1'/></source><target dev='sda' bus='sd'/></disk>",
      'disk/sd-source',
    ],
  ])('%s', async (devices, code) => {
    expect((await guest(devices, q35)).codes).toContain(code)
  })
})

describe('a line has', () => {
  const blockdev = async (devices: string) => (await guest(devices, q35)).options('-blockdev', '-drive').join()

  test('the way to the server in the scheme of its URL', async () => {
    expect(await blockdev(remote('https', "<host name='h' transport='rdma'/>"))).toContain('"url":"https+rdma://h/n"')
    expect(await blockdev(remote('ftp', "<host transport='unix' socket='/s'/>"))).toContain('"url":"ftp+unix:///n"')
  })

  test('no port of iSCSI that nobody gave to a host device, and brackets once', async () => {
    const lun = (host: string) =>
      `<hostdev mode='subsystem' type='scsi'><source protocol='iscsi' name='n'>${host}</source></hostdev>`
    expect(await blockdev(lun("<host name='h'/>"))).toContain('"portal":"h:0"')
    expect(await blockdev(lun("<host name='[::1]' port='7'/>"))).toContain('"portal":"[::1]:7"')
  })

  test('a directory as an SD card by its name', async () => {
    const card = "<disk type='dir'><driver type='fat'/><source dir='/a'/><target dev='sda' bus='sd'/><readonly/></disk>"
    expect(await blockdev(card)).toContain('-drive file=fat:/a,if=sd,index=0,readonly=on')
  })
})

test('a TPM is made from a profile where it is one of TPM 2.0', async () => {
  const tpm = (version: string) =>
    `<tpm><backend type='emulator' ${version}><profile source='local:restricted'/></backend></tpm>`
  expect((await guest(tpm(''), q35)).codes).toEqual(['tpm/profile'])
  expect((await guest(tpm("version='2.0'"), q35)).codes).toEqual([])
})

test('memory that grows has nothing at first where nothing is said', async () => {
  const sections =
    "<maxMemory slots='4'>8388608</maxMemory><cpu><numa><cell id='0' cpus='0' memory='1048576'/></numa></cpu>"
  const grows =
    "<memory model='virtio-mem'><target><size>131072</size><node>0</node><block>2048</block></target></memory>"
  expect((await guest(grows, { ...q35, sections })).xml).toContain("<requested unit='KiB'>0</requested>")
})

test('Hyper-V as the host has it keeps nothing that is named', async () => {
  const sections = "<features><hyperv mode='passthrough'><relaxed state='on'/></hyperv></features>"
  expect((await guest('', { ...q35, sections })).xml).not.toContain('<relaxed')
})

test('huge pages of node 0 are those of a guest without nodes', async () => {
  const sections = "<memoryBacking><hugepages><page size='4' nodeset='0'/></hugepages></memoryBacking>"
  expect((await guest('', { ...q35, sections })).xml).toContain("<page size='4' unit='KiB'/>")
})

test('a screen that listens nowhere has no socket; one of D-Bus is told its node', async () => {
  const { xml } = await guest("<graphics type='vnc' socket='/s'><listen type='none'/></graphics>", q35)
  expect(xml).toContain("<graphics type='vnc'>")
  const dbus = await guest("<graphics type='dbus'><gl enable='no' rendernode='/dev/dri/renderD128'/></graphics>", q35)
  expect(dbus.options('-display')[0]).toContain('gl=off,rendernode=/dev/dri/renderD128')
})
