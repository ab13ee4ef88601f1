/** Capabilities that libvirt has a name for and no command line depends on (libvirt 11.3 was asked of each). */
const names = `
  0.10 aarch64-off active-commit balloon balloon-event bitmap-merge blk-sg-io block-commit block-job-async
  block-job-sync block-write-threshold blockdev blockdev-del blockdev-hostdev-scsi blockdev-snapshot-sync
  blockio boot-index boot-menu boot-strict bridge cache-directsync cache-unsafe change-backing-file chardev
  chardev-fd-pass chardev-file-append chardev-logfile chardev-spicevmc cpu-cache cpu-host debug-threads device
  device-del-event device-qxl-vga device-spicevmc disable-s3 disable-s4 disk-share-rw disk-write-cache display
  domid drive drive-aio drive-boot drive-cache-v2 drive-copy-on-read drive-detect-zeroes drive-discard
  drive-format drive-iotune drive-iotune-group drive-iotune-max drive-iotune-max-length drive-mirror
  drive-readonly drive-serial dump-completed dump-guest-core dump-guest-memory enable-kvm fsdev fsdev-readonly
  fsdev-writeout gic-version gluster.debug_level gpex-pcihost host-pci-multidomain i440fx-pci-hole64-size
  ich9-disable-s3 ich9-disable-s4 ide-cd ide-drive.wwn incoming-defer iothread iothread.poll-max-ns
  iscsi.password-secret ivshmem kernel-irqchip kernel-irqchip.split loadparm machine-iommu machine-usb-opt
  machine.pseries.cap-cfpc machine.pseries.max-cpu-compat machine.pseries.resize-hpt mem-merge mem-path
  memory-backend-file memory-backend-file.align memory-backend-file.discard-data memory-backend-ram
  migrate-kvm-stdio migrate-qemu-exec migrate-qemu-fd migrate-qemu-tcp migrate-qemu-unix migration-event mlock
  monitor-json msg-timestamp name name-guest name-process nec-usb-xhci-ports nesting netdev no-acpi no-hpet
  no-kvm-pit no-reboot no-shutdown no-user-config nodefconfig numa numa.dist overcommit pci-bootindex
  pci-configfd pci-multibus pci-multifunction q35-pci-hole64-size qcow2-luks qom-list-properties query-cpus-fast
  query-current-machine query-hotpluggable-cpus query-named-block-nodes query-qmp-schema qxl-vga.max_outputs
  qxl-vga.vgamem_mb qxl-vga.vram64_size_mb qxl.max_outputs reboot-timeout rombar rtc rtc-td-hack scsi-cd
  scsi-disk.device_id scsi-disk.wwn scsi-generic scsi-generic.bootindex sdl-gl seamless-migration
  seccomp-blacklist secret sga smbios-type smm smp-topology spice-file-xfer-disable spice-unix spiceport
  splash-timeout storage.werror system_wakeup tdf tls-creds-x509 transaction usb-host.bootindex usb-net
  usb-redir.bootindex usb-storage.removable uuid vfio-pci.bootindex vfio-pci.display vga vga-none vga-qxl
  vhost-net vhost-user-multiqueue virtio-blk-pci.event_idx virtio-blk-pci.ioeventfd virtio-blk.num-queues
  virtio-gpu.max_outputs virtio-net-pci.event_idx virtio-net.failover virtio-net.host_mtu
  virtio-net.rx_queue_size virtio-net.tx_queue_size virtio-pci-disable-legacy virtio-s390
  virtio-scsi-pci.iothread virtio-tx-alg virtio.ats virtio.iommu_platform virtio.packed vnc-colon
  vnc-multi-servers vnc-share-policy vnc-websocket vnet-hdr vserport-change-event
`

const retired: ReadonlySet<string> = new Set(names.trim().split(/\s+/))

export function isRetired(name: string): boolean {
  return retired.has(name)
}
