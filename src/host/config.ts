import { flag, integer, list, type Of, oneOf, optional, record, text } from '../json/shape.ts'

const tlsDirectory = (use: string) => text(`Directory of the X.509 credentials for ${use}.`)
const tlsSecret = (use: string) => optional(text(`UUID of the secret that unlocks the private key for ${use}.`))
const directory = (what: string) => text(`Directory for ${what}.`)

/**
 * The configuration of libvirt's QEMU driver, in the words of its qemu.conf where it has them
 * (source: the comments of /etc/libvirt/qemu.conf, "Driver URI" in libvirt's drvqemu page).
 */
export const configShape = record("The configuration of libvirt's QEMU driver.", {
  uri: text('The connection: qemu:///system or qemu:///session.'),
  dynamicOwnership: flag('Files of a guest change owner while it runs (dynamic_ownership).'),

  vncAutoUnixSocket: flag('VNC listens on a UNIX socket where the domain says nothing (vnc_auto_unix_socket).'),
  vncTLS: flag('VNC uses TLS (vnc_tls).'),
  vncTLSx509verify: flag('VNC clients must show a certificate (vnc_tls_x509_verify).'),
  vncTLSx509certdir: tlsDirectory('VNC'),
  vncTLSx509secretUUID: tlsSecret('VNC'),
  vncSASL: flag('VNC authenticates by SASL (vnc_sasl).'),
  vncSASLdir: directory("SASL's configuration of VNC"),
  vncListen: text('Address that VNC listens on where the domain names none (vnc_listen).'),
  vncPassword: optional(text('Password of VNC where the domain gives none (vnc_password).')),
  vncAllowHostAudio: flag('Sound reaches the host although VNC is the screen (vnc_allow_host_audio).'),
  nogfxAllowHostAudio: flag('Sound reaches the host although there is no screen (nographics_allow_host_audio).'),

  spiceTLS: flag('SPICE uses TLS (spice_tls).'),
  spiceTLSx509certdir: tlsDirectory('SPICE'),
  spiceSASL: flag('SPICE authenticates by SASL (spice_sasl).'),
  spiceSASLdir: directory("SASL's configuration of SPICE"),
  spiceListen: text('Address that SPICE listens on where the domain names none (spice_listen).'),
  spicePassword: optional(text('Password of SPICE where the domain gives none (spice_password).')),
  spiceAutoUnixSocket: flag('SPICE listens on a UNIX socket where the domain says nothing (spice_auto_unix_socket).'),

  defaultTLSx509certdir: tlsDirectory('every use that has no directory of its own'),
  defaultTLSx509verify: flag('Clients must show a certificate where no other key says so (default_tls_x509_verify).'),
  defaultTLSx509secretUUID: tlsSecret('every use that has no secret of its own'),
  chardevTLS: flag('TCP character devices use TLS (chardev_tls).'),
  chardevTLSx509certdir: tlsDirectory('character devices'),
  chardevTLSx509verify: flag('Peers of a character device must show a certificate (chardev_tls_x509_verify).'),
  chardevTLSx509secretUUID: tlsSecret('character devices'),
  migrateTLSx509certdir: tlsDirectory('migration'),
  migrateTLSx509verify: flag('The source of a migration must show a certificate (migrate_tls_x509_verify).'),
  migrateTLSx509secretUUID: tlsSecret('migration'),
  migrateTLSForce: flag('Migration without TLS is refused (migrate_tls_force).'),
  backupTLSx509certdir: tlsDirectory('backup over NBD'),
  backupTLSx509verify: flag('Clients of a backup must show a certificate (backup_tls_x509_verify).'),
  backupTLSx509secretUUID: tlsSecret('backup'),
  vxhsTLS: flag('VxHS disks use TLS (vxhs_tls).'),
  vxhsTLSx509certdir: tlsDirectory('VxHS disks'),
  vxhsTLSx509secretUUID: tlsSecret('VxHS disks'),
  nbdTLS: flag('NBD disks use TLS (nbd_tls).'),
  nbdTLSx509certdir: tlsDirectory('NBD disks'),
  nbdTLSx509secretUUID: tlsSecret('NBD disks'),

  remotePortMin: integer('First port for screens (remote_display_port_min).', 1, 65535),
  remotePortMax: integer('Last port for screens (remote_display_port_max).', 1, 65535),
  webSocketPortMin: integer('First port for websockets (remote_websocket_port_min).', 1, 65535),
  webSocketPortMax: integer('Last port for websockets (remote_websocket_port_max).', 1, 65535),

  bridgeHelperName: text('Program that plugs a tap into a bridge for an unprivileged QEMU (bridge_helper).'),
  prHelperName: text('Program for persistent reservations (pr_helper).'),
  slirpHelperName: text('Program for user networking outside QEMU (slirp_helper).'),
  dbusDaemonName: text('Program of the D-Bus daemon (dbus_daemon).'),

  macFilter: flag('MAC addresses are filtered by ebtables (mac_filter).'),
  relaxedACS: flag('PCI devices behind a switch without ACS may be assigned (relaxed_acs_check).'),
  setProcessName: flag('The process takes the name of the guest (set_process_name).'),
  dumpGuestCore: flag("Core dumps hold the guest's memory (dump_guest_core)."),
  seccompSandbox: oneOf('Seccomp filter: -1 where QEMU can, 0 never, 1 always (seccomp_sandbox).', -1, 0, 1),
  logTimestamp: flag("QEMU's messages carry the time (log_timestamp)."),
  stdioLogD: flag("QEMU's output and logs go through virtlogd (stdio_handler)."),
  glusterDebugLevel: integer("Debug level of Gluster's client (gluster_debug_level).", 0, 9),
  virtiofsdDebug: flag('virtiofsd logs at debug level (virtiofsd_debug).'),
  deprecationBehavior: oneOf(
    'What QEMU does with deprecated input (deprecation_behavior).',
    'none',
    'omit',
    'reject',
    'crash',
  ),
  storageUseNbdkit: flag('Network disks are served by nbdkit where it can (storage_use_nbdkit).'),
  capabilityFilters: optional(list('Capabilities of QEMU that are hidden (capability_filters).', text('A flag.'))),
  schedCore: optional(oneOf('Core scheduling of a guest (sched_core).', 'none', 'vcpus', 'emulator', 'full')),

  libDir: directory('state that must outlive the host, and a folder a domain'),
  cacheDir: directory('caches'),
  saveDir: directory('saved guests'),
  snapshotDir: directory('snapshots'),
  checkpointDir: directory('checkpoints'),
  channelTargetDir: directory('sockets of channels that name none'),
  nvramDir: directory("firmware's variables where the domain names no file"),
  varstoreDir: directory("the same that QEMU's own device keeps"),
  memoryBackingDir: directory('memory that is backed by files (memory_backing_dir)'),
  logDir: directory("guests' logs"),
  swtpmStorageDir: directory('state of emulated TPMs'),
  swtpmStateDir: directory('sockets of emulated TPMs'),
  swtpmLogDir: directory('logs of emulated TPMs'),
  passtStateDir: directory('sockets of passt'),
  dbusStateDir: directory('sockets of D-Bus daemons'),
  slirpStateDir: directory('sockets of slirp-helper'),

  firmwares: list(
    'Pairs of firmware and its template of variables, for domains that name a loader and no template (nvram).',
    list('The firmware, then its template.', text('A path.')),
  ),
  hugetlbfs: list(
    'Mounts of hugetlbfs (hugetlbfs_mount).',
    record('A mount.', {
      mount: text('Its path.'),
      sizeKiB: integer('Size of its pages in KiB.', 1),
      default: flag("Whether that is the kernel's default size of a huge page."),
    }),
  ),
})

export type DriverConfig = Of<typeof configShape>
