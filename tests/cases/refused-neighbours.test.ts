import { expect, test } from 'vitest'
import { type GuestOptions, guest } from '../guest.ts'

const q35: GuestOptions = { machine: 'q35' }
const newer: GuestOptions = { machine: 'q35', release: '12.8' }
const pseries: GuestOptions = { arch: 'ppc64', machine: 'pseries' }

const lun = (rest: string) => `<disk type='block' device='lun'><source dev='/dev/a'/>${rest}</disk>`
const network = (children: string) =>
  `<disk type='network'><source protocol='rbd' name='p/i'>${children}</source><target dev='vda'/></disk>`
const fs = (rest: string, driver = "<driver type='virtiofs'/>", source = "<source dir='/a'/>") =>
  `<filesystem ${rest}>${driver}${source}<target dir='t'/></filesystem>`
const lease = (rest: string) => `<lease>${rest}</lease>`
const hmem = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"
const grown = (cell = "cpus='0'") =>
  `<maxMemory slots='4' unit='MiB'>2048</maxMemory><cpu><numa><cell ${cell} memory='256' unit='MiB'/></numa></cpu>`
const memory = (model: string, target: string, rest = '', attributes = '') =>
  `<memory model='${model}'${attributes}>${rest}<target>${target}<node>0</node></target></memory>`
const size = (mib: number) => `<size unit='MiB'>${mib}</size>`
const path = '<source><path>/a</path></source>'
const label = (mib: number) => `<label><size unit='KiB'>${mib}</size></label>`
const uuid = '<uuid>c7a5fdbd-edaf-9455-926a-d65c16db1800</uuid>'

type Row = [code: string, refused: string, taken: string, options?: GuestOptions]

/** A guest that breaks one rule, and its neighbour that does not; libvirt 11.3 and 12.8 refuse and take them so. */
const devices: Row[] = [
  [
    'boot/order',
    "<interface type='user'><boot order='0'/></interface>",
    "<interface type='user'><boot order='1'/></interface>",
  ],
  [
    'crypto/missing-backend',
    "<crypto model='virtio' type='qemu'/>",
    "<crypto model='virtio' type='qemu'><backend model='builtin'/></crypto>",
  ],
  ['disk/lun-bus', lun("<target dev='hda' bus='ide'/>"), lun("<target dev='sda' bus='scsi'/>")],
  [
    'disk/lun-format',
    lun("<driver type='qcow2'/><target dev='sda' bus='scsi'/>"),
    lun("<driver type='raw'/><target dev='sda' bus='scsi'/>"),
  ],
  [
    'disk/removable-bus',
    "<disk type='file'><source file='/a'/><target dev='vda' removable='on'/></disk>",
    "<disk type='file'><source file='/a'/><target dev='sda' bus='usb' removable='on'/></disk>",
  ],
  [
    'disk/vendor',
    "<disk type='file'><source file='/a'/><target dev='sda' bus='scsi'/><vendor>123456789</vendor></disk>",
    "<disk type='file'><source file='/a'/><target dev='sda' bus='scsi'/><vendor>12345678</vendor></disk>",
  ],
  ['source/auth-without-secret', network("<auth username='u'/>"), network("<host name='h'/>")],
  [
    'source/auth-without-username',
    network("<auth><secret type='ceph' usage='s'/></auth>"),
    network("<host name='h'/>"),
  ],
  [
    'source/nvme-without-address',
    "<disk type='nvme'><source type='pci' namespace='1'/><target dev='vda'/></disk>",
    "<disk type='nvme'><source type='pci' namespace='1'><address domain='0' bus='1' slot='0' function='0'/></source><target dev='vda'/></disk>",
  ],
  ['filesystem/missing-target', "<filesystem><source dir='/a'/><target/></filesystem>", fs('', '')],
  ['filesystem/virtiofs-9p-option', fs("fmode='0600'"), fs(''), { sections: hmem }],
  ['filesystem/virtiofs-accessmode', fs("accessmode='mapped'"), fs("accessmode='passthrough'"), { sections: hmem }],
  [
    'hostdev/mdev-without-model',
    "<hostdev mode='subsystem' type='mdev'><source><address uuid='c7a5fdbd-edaf-9455-926a-d65c16db1809'/></source></hostdev>",
    '',
  ],
  ['interface/missing-address', "<interface type='hostdev'><source/></interface>", ''],
  [
    'interface/address-type',
    "<interface type='hostdev'><source><address domain='0' bus='1' slot='0' function='0'/></source></interface>",
    "<interface type='hostdev'><source><address type='pci' domain='0' bus='1' slot='0' function='0'/></source></interface>",
  ],
  [
    'interface/coalesce',
    "<interface type='user'><coalesce><rx><frames max='3'/></rx></coalesce></interface>",
    "<interface type='bridge'><source bridge='b'/><coalesce><rx><frames max='3'/></rx></coalesce></interface>",
  ],
  [
    'interface/vhostuser-source',
    "<interface type='vhostuser'><source type='tcp' path='/s' mode='client'/><model type='virtio'/></interface>",
    "<interface type='vhostuser'><source type='unix' path='/s' mode='client'/><model type='virtio'/></interface>",
    { sections: hmem },
  ],
  [
    'interface/teaming-without-partner',
    "<interface type='hostdev'><teaming type='transient'/><source><address type='pci' domain='0' bus='1' slot='0' function='0'/></source></interface>",
    '',
  ],
  ['iommu/model', "<iommu model='vtd'/>", "<iommu model='intel'/>", q35],
  ['lease/missing-key', lease("<lockspace>l</lockspace><target path='/a'/>"), ''],
  ['lease/missing-path', lease('<lockspace>l</lockspace><key>k</key><target/>'), ''],
  [
    'memory/missing-model',
    `<memory><target>${size(256)}</target></memory>`,
    memory('dimm', size(256)),
    { sections: grown() },
  ],
  [
    'memory/missing-path',
    memory('nvdimm', size(256), '<source/>'),
    memory('nvdimm', size(256), path),
    { sections: grown() },
  ],
  [
    'memory/discard-model',
    memory('nvdimm', size(256), path, " discard='yes'"),
    memory('dimm', size(256), '', " discard='yes'"),
    { sections: grown() },
  ],
  [
    'memory/uuid-not-pseries',
    memory('nvdimm', size(256), uuid + path),
    memory('nvdimm', size(256), path),
    { sections: grown() },
  ],
  [
    'memory/label-too-small',
    memory('nvdimm', size(256) + label(127), path),
    memory('nvdimm', size(256) + label(128), path),
    { sections: grown() },
  ],
  [
    'memory/label-too-large',
    memory('nvdimm', size(1) + label(1024), path),
    memory('nvdimm', size(1) + label(1023), path),
    { sections: grown() },
  ],
  [
    'memory/label-missing',
    memory('nvdimm', size(512), path),
    memory('nvdimm', size(512) + label(128), path),
    { ...pseries, sections: grown() },
  ],
  [
    'memory/nvdimm-too-small',
    memory('nvdimm', size(256) + label(128), path),
    memory('nvdimm', size(257) + label(128), path),
    { ...pseries, sections: grown() },
  ],
  [
    'tpm/external-type',
    "<tpm><backend type='external'><source type='tcp' mode='connect' path='/s'/></backend></tpm>",
    "<tpm><backend type='external'><source type='unix' mode='connect' path='/s'/></backend></tpm>",
  ],
  [
    'disk/bus-without-device',
    "<disk type='file'><source file='/a'/><target dev='xvda' bus='xen'/></disk>",
    "<disk type='file'><source file='/a'/><target dev='sda' bus='usb'/></disk>",
  ],
  [
    'input/passthrough-bus',
    "<input type='passthrough' bus='usb'><source evdev='/dev/input/event1'/></input>",
    "<input type='passthrough' bus='virtio'><source evdev='/dev/input/event1'/></input>",
  ],
  [
    'video/accel2d',
    "<video><model type='vga'><acceleration accel2d='yes'/></model></video>",
    "<video><model type='vga'/></video>",
  ],
  [
    'video/accel3d',
    "<video><model type='vga'><acceleration accel3d='yes'/></model></video>",
    "<video><model type='vga'><acceleration accel3d='no'/></model></video>",
  ],
]

const sections: Row[] = [
  [
    'blkiotune/missing-path',
    '<blkiotune><device><weight>500</weight></device></blkiotune>',
    '<blkiotune><device><path>/dev/a</path><weight>500</weight></device></blkiotune>',
  ],
  ['clock/offset', "<clock offset='mars'/>", "<clock offset='localtime'/>"],
  ['clock/timer-name', "<clock><timer name='sun'/></clock>", "<clock><timer name='hpet'/></clock>"],
  [
    'cpu/cache-level',
    "<cpu mode='custom'><model>qemu64</model><cache level='4' mode='emulate'/></cpu>",
    "<cpu mode='custom'><model>qemu64</model><cache level='3' mode='emulate'/></cpu>",
  ],
  [
    'cpu/feature-policy',
    "<cpu mode='custom'><model>qemu64</model><feature policy='maybe' name='avx'/></cpu>",
    "<cpu mode='custom'><model>qemu64</model><feature policy='force' name='avx'/></cpu>",
  ],
  [
    'cpu/feature-without-name',
    "<cpu mode='custom'><model>qemu64</model><feature policy='force'/></cpu>",
    "<cpu mode='custom'><model>qemu64</model></cpu>",
  ],
  [
    'cpu/incomplete-topology',
    "<cpu><topology cores='1' threads='1'/></cpu>",
    "<cpu><topology sockets='1' cores='1' threads='1'/></cpu>",
  ],
  [
    'cpu/topology-number',
    "<cpu><topology sockets='0' cores='1' threads='1'/></cpu>",
    "<cpu><topology sockets='1' cores='1' threads='1'/></cpu>",
  ],
  [
    'cpu/vendor-id',
    "<cpu mode='custom'><model vendor_id='short'>qemu64</model></cpu>",
    "<cpu mode='custom'><model vendor_id='GenuineTest1'>qemu64</model></cpu>",
  ],
  ['cputune/period', '<cputune><period>999</period></cputune>', '<cputune><period>1000</period></cputune>'],
  ['cputune/quota', '<cputune><quota>999</quota></cputune>', '<cputune><quota>1000</quota></cputune>'],
  ['domain/genid', '<genid>nonsense</genid>', '<genid>c7a5fdbd-edaf-9455-926a-d65c16db1800</genid>'],
  ['domain/title', '<title>a\nb</title>', '<title>a b</title>'],
  [
    'features/mitigation',
    "<features><cfpc value='much'/></features>",
    "<features><cfpc value='fixed'/></features>",
    pseries,
  ],
  [
    'iothreads/duplicate-id',
    "<iothreadids><iothread id='1'/><iothread id='1'/></iothreadids>",
    "<iothreadids><iothread id='1'/><iothread id='2'/></iothreadids>",
  ],
  ['iothreads/id', "<iothreadids><iothread id='0'/></iothreadids>", "<iothreadids><iothread id='1'/></iothreadids>"],
  [
    'keywrap/cipher',
    "<keywrap><cipher name='rot13' state='on'/></keywrap>",
    "<keywrap><cipher name='aes' state='on'/></keywrap>",
    { arch: 's390x', machine: 's390-ccw-virtio' },
  ],
  [
    'keywrap/state',
    "<keywrap><cipher name='aes' state='yes'/></keywrap>",
    "<keywrap><cipher name='dea' state='off'/></keywrap>",
    { arch: 's390x', machine: 's390-ccw-virtio' },
  ],
  ['launch-security/type', "<launchSecurity type='none'/>", ''],
  [
    'numa/cell-without-memory',
    "<cpu><numa><cell cpus='0'/></numa></cpu>",
    "<cpu><numa><cell cpus='0' memory='262144'/></numa></cpu>",
  ],
  [
    'numatune/cell-twice',
    "<numatune><memnode cellid='0' mode='strict' nodeset='0'/><memnode cellid='0' mode='strict' nodeset='0'/></numatune><cpu><numa><cell cpus='0' memory='262144'/></numa></cpu>",
    "<numatune><memnode cellid='0' mode='strict' nodeset='0'/></numatune><cpu><numa><cell cpus='0' memory='262144'/></numa></cpu>",
  ],
  [
    'numatune/cellid',
    "<numatune><memnode mode='strict' nodeset='0'/></numatune><cpu><numa><cell cpus='0' memory='262144'/></numa></cpu>",
    '',
  ],
  ['perf/event', "<perf><event name='luck' enabled='yes'/></perf>", "<perf><event name='cmt' enabled='yes'/></perf>"],
  [
    'qemu/env-name',
    "<qemu:commandline><qemu:env name='A-B' value='1'/></qemu:commandline>",
    "<qemu:commandline><qemu:env name='A_B' value='1'/></qemu:commandline>",
  ],
  [
    'resource/appid',
    `<resource><fibrechannel appid='${'a'.repeat(129)}'/></resource>`,
    `<resource><fibrechannel appid='${'a'.repeat(128)}'/></resource>`,
  ],
  ['seclabel/type', "<seclabel type='strict' model='selinux'/>", "<seclabel type='none'/>"],
  ['sysinfo/type', "<sysinfo type='bios'/>", "<sysinfo type='smbios'/>"],
  ['vcpu/count', "<vcpu current='0'>2</vcpu>", "<vcpu current='1'>2</vcpu>"],
  [
    'keywrap/duplicate',
    "<keywrap><cipher name='aes' state='on'/><cipher name='aes' state='on'/></keywrap>",
    "<keywrap><cipher name='aes' state='on'/><cipher name='dea' state='on'/></keywrap>",
    { arch: 's390x', machine: 's390-ccw-virtio' },
  ],
  [
    'memory-backing/hugepages-on-demand',
    "<memoryBacking><hugepages/><allocation mode='ondemand'/></memoryBacking>",
    "<memoryBacking><allocation mode='ondemand'/></memoryBacking>",
  ],
  ['features/wrong-machine', "<features><gic version='2'/></features>", "<features><vmport state='on'/></features>"],
  [
    'features/wrong-machine',
    "<features><vmport state='on'/></features>",
    "<features><gic version='2'/></features>",
    { arch: 'aarch64', machine: 'virt' },
  ],
]

const os: Row[] = [
  ['os/bootmenu-timeout', "<bootmenu enable='yes' timeout='65536'/>", "<bootmenu enable='yes' timeout='65535'/>"],
  ['os/shim-without-kernel', '<shim>/s</shim>', '<shim>/s</shim><kernel>/k</kernel>', { ...newer, qemu: '10.0.0' }],
  [
    'os/acpi-rawset',
    "<acpi><table type='rawset'>/t</table></acpi>",
    "<acpi><table type='raw'>/t</table></acpi>",
    { ...newer, sections: '<features><acpi/></features>' },
  ],
  [
    'os/acpi-table-twice',
    "<acpi><table type='slic'>/t</table><table type='slic'>/u</table></acpi>",
    "<acpi><table type='raw'>/t</table><table type='raw'>/u</table></acpi>",
    { ...newer, sections: '<features><acpi/></features>' },
  ],
  ['firmware/loader-type', "<loader type='tape'>/l</loader>", "<loader type='rom'>/l</loader>"],
  [
    'firmware/secure-without-smm',
    "<loader secure='yes' readonly='yes' type='pflash'>/l</loader>",
    "<loader readonly='yes' type='pflash'>/l</loader>",
    { ...q35, sections: '<features><acpi/></features>' },
  ],
]

const neighbours =
  (place: (xml: string, options: GuestOptions) => [string, GuestOptions]) =>
  async (code: string, refused: string, taken: string, options: GuestOptions = {}) => {
    expect((await guest(...place(refused, options))).codes).toEqual([code])
    expect((await guest(...place(taken, options))).codes).toEqual([])
  }

test.each<Row>(devices)(
  '%s: %s',
  neighbours((xml, options) => [xml, options]),
)
test.each<Row>(sections)(
  '%s: %s',
  neighbours((xml, options) => ['', { ...options, sections: xml }]),
)
test.each<Row>(os)(
  '%s: %s',
  neighbours((xml, options) => ['', { ...options, os: xml }]),
)

test('a helper that listens already is not started, whatever its <binary> says', async () => {
  const { codes, xml, options } = await guest(
    fs('', "<driver type='virtiofs'/><binary path='/b'/>", "<source socket='/s'/>"),
    {
      sections: hmem,
    },
  )
  expect(codes).toEqual([])
  expect(xml).toContain("<binary path='/b'/>")
  expect(options('-chardev')).toContain('-chardev socket,id=chr-vu-fs0,path=/s')
})

test.each([
  ['<vcpu current="2">2</vcpu>', "<vcpu placement='static'>2</vcpu>", '-smp 2,sockets=2,cores=1,threads=1'],
  [
    '<vcpu current="1">2</vcpu>',
    "<vcpu placement='static' current='1'>2</vcpu>",
    '-smp 1,maxcpus=2,sockets=2,cores=1,threads=1',
  ],
])('%s', async (sections, complete, smp) => {
  const { xml, options } = await guest('', { sections })
  expect(xml).toContain(complete)
  expect(options('-smp')).toEqual([smp])
})

test.each([
  ['ua-disk', true],
  ['ua-', true],
  ['my-ua-disk', false],
  ['ua-a.b', false],
])('the alias %s is kept: %s', async (name, kept) => {
  const { xml } = await guest(`<interface type='user'><alias name='${name}'/></interface>`)
  expect(xml?.includes(`<alias name='${name}'/>`)).toBe(kept)
})

test.each([
  ['9007199254740990', true],
  ['9007199254740991', false],
])('a limit of memory of %s KiB is one: %s', async (size, kept) => {
  const { xml } = await guest('', { sections: `<memtune><hard_limit>${size}</hard_limit></memtune>` })
  expect(xml?.includes('<hard_limit')).toBe(kept)
})
