import { powerArchs } from '../capabilities/table.ts'
import type { DriverConfig } from './config.ts'
import type { HostFacts } from './facts.ts'

/** What libvirt's system daemon does without a qemu.conf (source: the comments of /etc/libvirt/qemu.conf). */
export const systemConfig: DriverConfig = {
  uri: 'qemu:///system',
  dynamicOwnership: true,

  vncAutoUnixSocket: false,
  vncTLS: false,
  vncTLSx509verify: false,
  vncTLSx509certdir: '/etc/pki/libvirt-vnc',
  vncSASL: false,
  vncSASLdir: '/etc/sasl2',
  vncListen: '127.0.0.1',
  vncAllowHostAudio: false,
  nogfxAllowHostAudio: false,

  spiceTLS: false,
  spiceTLSx509certdir: '/etc/pki/libvirt-spice',
  spiceSASL: false,
  spiceSASLdir: '/etc/sasl2',
  spiceListen: '127.0.0.1',
  spiceAutoUnixSocket: false,

  defaultTLSx509certdir: '/etc/pki/qemu',
  defaultTLSx509verify: false,
  chardevTLS: false,
  chardevTLSx509certdir: '/etc/pki/qemu',
  chardevTLSx509verify: false,
  migrateTLSx509certdir: '/etc/pki/qemu',
  migrateTLSx509verify: false,
  migrateTLSForce: false,
  backupTLSx509certdir: '/etc/pki/qemu',
  backupTLSx509verify: false,
  vxhsTLS: false,
  vxhsTLSx509certdir: '/etc/pki/qemu',
  nbdTLS: false,
  nbdTLSx509certdir: '/etc/pki/qemu',

  remotePortMin: 5900,
  remotePortMax: 65535,
  webSocketPortMin: 5700,
  webSocketPortMax: 65535,

  bridgeHelperName: 'qemu-bridge-helper',
  prHelperName: 'qemu-pr-helper',
  slirpHelperName: 'slirp-helper',
  dbusDaemonName: 'dbus-daemon',

  macFilter: false,
  relaxedACS: false,
  setProcessName: false,
  dumpGuestCore: false,
  seccompSandbox: -1,
  logTimestamp: true,
  stdioLogD: true,
  glusterDebugLevel: 4,
  virtiofsdDebug: false,
  deprecationBehavior: 'none',
  storageUseNbdkit: false,

  libDir: '/var/lib/libvirt/qemu',
  cacheDir: '/var/cache/libvirt/qemu',
  saveDir: '/var/lib/libvirt/qemu/save',
  snapshotDir: '/var/lib/libvirt/qemu/snapshot',
  checkpointDir: '/var/lib/libvirt/qemu/checkpoint',
  channelTargetDir: '/run/libvirt/qemu/channel',
  nvramDir: '/var/lib/libvirt/qemu/nvram',
  varstoreDir: '/var/lib/libvirt/qemu/varstore',
  memoryBackingDir: '/var/lib/libvirt/qemu/ram',
  logDir: '/var/log/libvirt/qemu',
  swtpmStorageDir: '/var/lib/libvirt/swtpm',
  swtpmStateDir: '/run/libvirt/qemu/swtpm',
  swtpmLogDir: '/var/log/swtpm/libvirt/qemu',
  passtStateDir: '/run/libvirt/qemu/passt',
  dbusStateDir: '/run/libvirt/qemu/dbus',
  slirpStateDir: '/run/libvirt/qemu/slirp',

  firmwares: [
    ['/usr/share/OVMF/OVMF_CODE.fd', '/usr/share/OVMF/OVMF_VARS.fd'],
    ['/usr/share/OVMF/OVMF_CODE.secboot.fd', '/usr/share/OVMF/OVMF_VARS.fd'],
    ['/usr/share/AAVMF/AAVMF_CODE.fd', '/usr/share/AAVMF/AAVMF_VARS.fd'],
    ['/usr/share/AAVMF/AAVMF32_CODE.fd', '/usr/share/AAVMF/AAVMF32_VARS.fd'],
  ],
  hugetlbfs: [{ mount: '/dev/hugepages', sizeKiB: 2048, default: true }],
}

/** Base page size in bytes, as the kernels of distributions have it. */
const pageSizeOf = (arch: string): number => (powerArchs.some((it) => it === arch) ? 65_536 : 4096)

/**
 * Facts of a host of which nothing is known: the system daemon with its defaults, no launcher that hands out
 * descriptors, no processor, no NUMA nodes. Built-in hosts and host files lie over it.
 * @param arch libvirt's name of the architecture
 */
export function defaultFacts(arch: string): HostFacts {
  return {
    arch,
    config: systemConfig,
    environment: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    clock: { unixTime: 0, utcOffsetSeconds: 0 },
    emulators: {},
    privileged: true,
    domainId: -1,
    securityModels: ['none'],
    pageSizeBytes: pageSizeOf(arch),
    thpSizeKiB: 2048,
    kvm: { maxVcpus: 2_147_483_647 },
    secureGuest: false,
    autoPorts: { vnc: 5900, vncWebsocket: 5700, spice: 5900, spiceTls: 5901 },
    firmware: [],
    vhostUser: [],
    slirpHelper: false,
    tpm: { swtpmVersions: ['1.2', '2.0'] },
    descriptors: {},
    fdGroups: {},
    hostCdrom: [],
    netDevices: [],
    nwfilterBindings: [],
    fips: false,
    pci: [],
  }
}
