import type { DriverConfig } from '../config.ts'
import type { HostFile } from '../file.ts'
import { type ConfValue, readConf } from './conf-file.ts'
import { recordHugetlbfs } from './mounts.ts'
import type { TreeReader } from './reader.ts'

type Config = { -readonly [K in keyof DriverConfig]?: DriverConfig[K] }
type KeysOf<T> = { [K in keyof DriverConfig]-?: DriverConfig[K] extends T | undefined ? K : never }[keyof DriverConfig]

const flags: { readonly [K in KeysOf<boolean>]?: string } = {
  dynamicOwnership: 'dynamic_ownership',
  vncAutoUnixSocket: 'vnc_auto_unix_socket',
  vncTLS: 'vnc_tls',
  vncTLSx509verify: 'vnc_tls_x509_verify',
  vncSASL: 'vnc_sasl',
  vncAllowHostAudio: 'vnc_allow_host_audio',
  nogfxAllowHostAudio: 'nographics_allow_host_audio',
  spiceTLS: 'spice_tls',
  spiceSASL: 'spice_sasl',
  spiceAutoUnixSocket: 'spice_auto_unix_socket',
  defaultTLSx509verify: 'default_tls_x509_verify',
  chardevTLS: 'chardev_tls',
  chardevTLSx509verify: 'chardev_tls_x509_verify',
  migrateTLSx509verify: 'migrate_tls_x509_verify',
  migrateTLSForce: 'migrate_tls_force',
  backupTLSx509verify: 'backup_tls_x509_verify',
  vxhsTLS: 'vxhs_tls',
  nbdTLS: 'nbd_tls',
  macFilter: 'mac_filter',
  relaxedACS: 'relaxed_acs_check',
  setProcessName: 'set_process_name',
  dumpGuestCore: 'dump_guest_core',
  logTimestamp: 'log_timestamp',
  virtiofsdDebug: 'virtiofsd_debug',
  storageUseNbdkit: 'storage_use_nbdkit',
}

const texts: { readonly [K in KeysOf<string>]?: string } = {
  vncTLSx509certdir: 'vnc_tls_x509_cert_dir',
  vncTLSx509secretUUID: 'vnc_tls_x509_secret_uuid',
  vncSASLdir: 'vnc_sasl_dir',
  vncListen: 'vnc_listen',
  spiceTLSx509certdir: 'spice_tls_x509_cert_dir',
  spiceSASLdir: 'spice_sasl_dir',
  spiceListen: 'spice_listen',
  defaultTLSx509certdir: 'default_tls_x509_cert_dir',
  defaultTLSx509secretUUID: 'default_tls_x509_secret_uuid',
  chardevTLSx509certdir: 'chardev_tls_x509_cert_dir',
  chardevTLSx509secretUUID: 'chardev_tls_x509_secret_uuid',
  migrateTLSx509certdir: 'migrate_tls_x509_cert_dir',
  migrateTLSx509secretUUID: 'migrate_tls_x509_secret_uuid',
  backupTLSx509certdir: 'backup_tls_x509_cert_dir',
  backupTLSx509secretUUID: 'backup_tls_x509_secret_uuid',
  vxhsTLSx509certdir: 'vxhs_tls_x509_cert_dir',
  vxhsTLSx509secretUUID: 'vxhs_tls_x509_secret_uuid',
  nbdTLSx509certdir: 'nbd_tls_x509_cert_dir',
  nbdTLSx509secretUUID: 'nbd_tls_x509_secret_uuid',
  bridgeHelperName: 'bridge_helper',
  prHelperName: 'pr_helper',
  slirpHelperName: 'slirp_helper',
  dbusDaemonName: 'dbus_daemon',
  deprecationBehavior: 'deprecation_behavior',
  schedCore: 'sched_core',
  memoryBackingDir: 'memory_backing_dir',
}

/** Passwords are written down only where secrets are asked for. */
const passwords: { readonly [K in KeysOf<string>]?: string } = {
  vncPassword: 'vnc_password',
  spicePassword: 'spice_password',
}

const numbers: { readonly [K in keyof DriverConfig]?: string } = {
  remotePortMin: 'remote_display_port_min',
  remotePortMax: 'remote_display_port_max',
  webSocketPortMin: 'remote_websocket_port_min',
  webSocketPortMax: 'remote_websocket_port_max',
  seccompSandbox: 'seccomp_sandbox',
  glusterDebugLevel: 'gluster_debug_level',
}

/** Each use of TLS has a folder of its own where that is there, else the common one. */
const certificates = {
  vncTLSx509certdir: 'libvirt-vnc',
  spiceTLSx509certdir: 'libvirt-spice',
  chardevTLSx509certdir: 'libvirt-chardev',
  migrateTLSx509certdir: 'libvirt-migrate',
  backupTLSx509certdir: 'libvirt-backup',
  vxhsTLSx509certdir: 'libvirt-vxhs',
  nbdTLSx509certdir: 'libvirt-nbd',
} as const

/** What `default_tls_x509_*` says holds for every use that says nothing itself; else this does (libvirt 11.3 asked). */
const verified = {
  chardevTLSx509verify: true,
  migrateTLSx509verify: true,
  backupTLSx509verify: true,
  vncTLSx509verify: false,
} as const
const unlocked = [
  'chardevTLSx509secretUUID',
  'migrateTLSx509secretUUID',
  'backupTLSx509secretUUID',
  'nbdTLSx509secretUUID',
  'vxhsTLSx509secretUUID',
] as const

/**
 * The configuration of libvirt's QEMU driver (source: the comments of /etc/libvirt/qemu.conf).
 * @param secrets whether passwords are written down
 */
export function recordConfig(reader: TreeReader, secrets: boolean): Pick<HostFile, 'config' | 'securityModels'> {
  const values = readConf(reader.text('etc/libvirt/qemu.conf') ?? '')
  const config: Config = {}
  const take = (table: { readonly [field: string]: string }, read: (value: ConfValue) => unknown) => {
    for (const [field, key] of Object.entries(table)) {
      const value = values.get(key)
      if (value !== undefined) Object.assign(config, { [field]: read(value) })
    }
  }
  take(flags, (value) => value !== 0)
  take({ ...texts, ...(secrets && passwords) }, String)
  take(numbers, Number)
  takeDefaults(config, reader)
  const handler = values.get('stdio_handler')
  if (handler !== undefined) config.stdioLogD = handler === 'logd'
  const filters = values.get('capability_filters')
  if (Array.isArray(filters)) config.capabilityFilters = filters
  const pairs = values.get('nvram')
  if (Array.isArray(pairs)) config.firmwares = pairs.map((pair: string) => pair.split(':'))
  config.hugetlbfs = recordHugetlbfs(reader, values.get('hugetlbfs_mount'))
  return { config, securityModels: securityModels(reader, values.get('security_driver')) }
}

function takeDefaults(config: Config, reader: TreeReader): void {
  const common = config.defaultTLSx509certdir ?? '/etc/pki/qemu'
  for (const [field, folder] of Object.entries(certificates) as [keyof typeof certificates, string][]) {
    config[field] ??= reader.kind(`etc/pki/${folder}`) === 'dir' ? `/etc/pki/${folder}` : common
  }
  for (const [field, usual] of Object.entries(verified) as [keyof typeof verified, boolean][]) {
    config[field] ??= config.defaultTLSx509verify ?? usual
  }
  if (config.defaultTLSx509secretUUID === undefined) return
  for (const field of unlocked) config[field] ??= config.defaultTLSx509secretUUID
}

/** What the driver is told to use, else what the kernel runs; ownership of files comes with all but none. */
function securityModels(reader: TreeReader, driver: ConfValue | undefined): readonly string[] {
  const named = typeof driver === 'string' ? [driver] : Array.isArray(driver) ? driver : undefined
  if (named?.includes('none')) return []
  const running = [
    ...(reader.text('sys/fs/selinux/enforce') === undefined ? [] : ['selinux']),
    ...(reader.text('sys/module/apparmor/parameters/enabled') === 'Y' ? ['apparmor'] : []),
  ]
  const chosen = named ?? running.slice(0, 1)
  return [...chosen.filter((model) => model !== 'dac'), 'dac']
}
