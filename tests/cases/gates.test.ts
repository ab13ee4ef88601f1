import { expect, test } from 'vitest'
import type { Flag } from '../../src/capabilities/flags.ts'
import { type GuestOptions, guest } from '../guest.ts'

const file = "<source file='/a'/>"
const disk = (driver: string, target = "dev='vda'") =>
  `<disk type='file'><driver ${driver}/>${file}<target ${target}/></disk>`
const shared = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"
const ccid = "<controller type='ccid' index='0'/>"
const roomy =
  "<maxMemory slots='4' unit='MiB'>1024</maxMemory><cpu><numa><cell cpus='0' memory='256' unit='MiB'/></numa></cpu>"

/** What a QEMU may lack: with the flag the guest starts, without it the one code says why it cannot. */
test.each<[code: string, flag: Flag, devices: string, options?: GuestOptions]>([
  ['crypto/unsupported', 'virtio-crypto', "<crypto model='virtio' type='qemu'><backend model='builtin'/></crypto>"],
  [
    'disk/discard-no-unref-unsupported',
    'qcow2-discard-no-unref',
    disk("type='qcow2' discard='unmap' discard_no_unref='on'"),
  ],
  ['disk/io-uring-unsupported', 'aio.io_uring', disk("io='io_uring'")],
  [
    'disk/iothread-mapping-unsupported',
    'virtio-blk.iothread-mapping',
    `<disk type='file'><driver><iothreads><iothread id='1'/></iothreads></driver>${file}<target dev='vda'/></disk>`,
    { sections: '<iothreads>1</iothreads>' },
  ],
  ['disk/queue-size-unsupported', 'virtio-blk.queue-size', disk("queue_size='8'")],
  ['disk/rotation-rate-unsupported', 'rotation-rate', disk("type='raw'", "dev='sda' bus='scsi' rotation_rate='7200'")],
  [
    'disk/lun-unsupported',
    'scsi-block',
    "<disk type='block' device='lun'><source dev='/dev/a'/><target dev='sda' bus='scsi'/></disk>",
  ],
  [
    'disk/vhost-user-unsupported',
    'vhost-user-blk',
    "<disk type='vhostuser'><driver type='raw'/><source type='unix' path='/s'/><target dev='vda' bus='virtio'/></disk>",
    { sections: shared },
  ],
  ['domain/genid-unsupported', 'vmgenid', '', { sections: '<genid/>' }],
  [
    'filesystem/multidevs-unsupported',
    'fsdev.multidevs',
    "<filesystem multidevs='remap'><source dir='/a'/><target dir='t'/></filesystem>",
  ],
  [
    'filesystem/virtiofs-unsupported',
    'vhost-user-fs',
    "<filesystem><driver type='virtiofs'/><source dir='/a'/><target dir='t'/></filesystem>",
    { sections: shared },
  ],
  [
    'graphics/egl-rendernode-unsupported',
    'egl-headless.rendernode',
    "<graphics type='egl-headless'><gl rendernode='/dev/dri/a'/></graphics>",
  ],
  [
    'graphics/spice-gl-unsupported',
    'spice-gl',
    "<graphics type='spice'><listen type='none'/><gl enable='yes'/></graphics>",
  ],
  [
    'graphics/spice-rendernode-unsupported',
    'spice-rendernode',
    "<graphics type='spice'><listen type='none'/><gl enable='yes' rendernode='/dev/dri/a'/></graphics>",
  ],
  [
    'hostdev/vhost-scsi-unsupported',
    'vhost-scsi',
    "<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/></hostdev>",
  ],
  ['hub/unsupported', 'usb-hub', "<hub type='usb'/>"],
  ['input/evdev-unsupported', 'input-linux', "<input type='evdev'><source dev='/dev/input/event1'/></input>"],
  [
    'interface/virtio-model-unsupported',
    'virtio-pci-non-transitional',
    "<interface type='user'><model type='virtio-non-transitional'/></interface>",
    { machine: 'q35' },
  ],
  [
    'iothreads/pool-unsupported',
    'iothread.thread-pool-max',
    '',
    { sections: "<iothreadids><iothread id='1' thread_pool_max='4'/></iothreadids>" },
  ],
  [
    'memballoon/autodeflate-unsupported',
    'virtio-balloon-pci.deflate-on-oom',
    "<memballoon model='virtio' autodeflate='on'/>",
  ],
  ['memory-backing/memfd-unsupported', 'memory-backend-memfd', '', { sections: shared }],
  [
    'memory-backing/threads-unsupported',
    'memory-backend-file.prealloc-threads',
    '',
    { sections: "<memoryBacking><allocation mode='immediate' threads='2'/></memoryBacking>" },
  ],
  [
    'memory/model-unsupported',
    'pc-dimm',
    "<memory model='dimm'><target><size unit='MiB'>256</size><node>0</node></target></memory>",
    { sections: roomy },
  ],
  [
    'memory/pmem-unsupported',
    'memory-backend-file.pmem',
    "<memory model='nvdimm'><source><path>/a</path><pmem/></source><target><size unit='MiB'>256</size><node>0</node></target></memory>",
    { sections: roomy },
  ],
  [
    'memory/readonly-unsupported',
    'nvdimm.unarmed',
    "<memory model='nvdimm'><source><path>/a</path></source><target><size unit='MiB'>256</size><node>0</node><readonly/></target></memory>",
    { sections: roomy },
  ],
  [
    'nvram/unsupported',
    'nvram',
    "<nvram><address type='spapr-vio' reg='0x3000'/></nvram>",
    { arch: 'ppc64', machine: 'pseries' },
  ],
  [
    'redirfilter/unsupported',
    'usb-redir.filter',
    "<redirdev bus='usb' type='pty'/><redirfilter><usbdev allow='yes'/></redirfilter>",
  ],
  ['smartcard/emulated-unsupported', 'ccid-emulated', `${ccid}<smartcard mode='host'/>`],
  [
    'smartcard/passthrough-unsupported',
    'ccid-passthru',
    `${ccid}<smartcard mode='passthrough' type='spicevmc'/><graphics type='spice'/>`,
  ],
  [
    'video/blob-unsupported',
    'virtio-gpu.blob',
    "<video><model type='virtio' blob='on'/></video>",
    { sections: shared },
  ],
  [
    'video/vhost-user-unsupported',
    'vhost-user-gpu',
    "<video><driver name='vhostuser'/><model type='virtio'/></video>",
    { sections: shared },
  ],
  ['vsock/unsupported', 'vhost-vsock', "<vsock model='virtio'><cid auto='no' address='4'/></vsock>"],
  [
    'controller/pci-device-unsupported',
    'pcie-root-port',
    "<controller type='pci' index='1' model='pcie-root-port'><model name='pcie-root-port'/></controller>",
    { machine: 'q35' },
  ],
  [
    'launch-security/kernel-hashes-unsupported',
    'sev-guest-kernel-hashes',
    '',
    {
      machine: 'q35',
      capabilities: { add: ['sev-guest'] },
      sections:
        "<launchSecurity type='sev' kernelHashes='yes'><cbitpos>47</cbitpos><reducedPhysBits>1</reducedPhysBits><policy>1</policy></launchSecurity>",
    },
  ],
  ['tpm/model-unsupported', 'tpm-crb', "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"],
  ['tpm/model-unsupported', 'tpm-tis', "<tpm model='tpm-tis'><backend type='emulator'/></tpm>"],
  ['tpm/backend-unsupported', 'tpm-emulator', "<tpm model='tpm-tis'><backend type='emulator'/></tpm>"],
  ['tpm/backend-unsupported', 'tpm-passthrough', "<tpm model='tpm-tis'><backend type='passthrough'/></tpm>"],
])('%s: %s', async (code, flag, devices, options = {}) => {
  const own = options.capabilities
  const having = await guest(devices, { ...options, capabilities: { ...own, add: [...(own?.add ?? []), flag] } })
  expect(having.codes).toEqual([])
  const lacking = await guest(devices, { ...options, capabilities: { ...own, remove: [flag] } })
  expect(lacking.codes).toContain(code)
  expect(lacking.lines).toEqual([])
})
