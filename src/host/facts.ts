import { dictionary, flag, integer, list, type Of, optional, record, text } from '../json/shape.ts'
import { configShape } from './config.ts'
import { firmwareDescriptorsShape, vhostUserDescriptorsShape } from './descriptors.ts'
import { imagesShape } from './images.ts'
import { pciInventoryShape } from './pci-inventory.ts'
import { descriptorsShape } from './resources.ts'
import { smbiosShape } from './smbios.ts'

const cpuShape = record("The host's processor.", {
  arch: text("libvirt's name of the architecture."),
  model: optional(text("libvirt's name of the model.")),
  vendor: optional(text("libvirt's name of the vendor, e.g. Intel.")),
  sockets: integer('Sockets.', 1),
  cores: integer('Cores a socket.', 1),
  threads: integer('Threads a core.', 1),
  features: list('Features that it has beyond its model.', text("libvirt's name of a feature.")),
  missing: optional(list('Features of its model that it lacks.', text("libvirt's name of a feature."))),
})

export const factFields = {
  arch: text("The host's architecture by libvirt's name, e.g. x86_64."),
  libvirt: optional(text("The host's libvirt, e.g. 11.3.0: whose answers are given.")),
  config: configShape,
  environment: dictionary('Environment of the process, passed on to QEMU in part.', text('A value.')),
  clock: record('The time at which the domain is defined and started.', {
    unixTime: integer('Seconds since 1970 UTC.'),
    utcOffsetSeconds: integer('Local time less UTC, in seconds.', -86_400, 86_400),
  }),
  helpers: optional(dictionary('Programs that stand beside QEMU, by name: swtpm, passt …', text('A path.'))),
  emulators: dictionary('Binary by architecture, where the domain names none.', text('A path.', { pattern: '.' })),
  privileged: flag('libvirt runs as root.'),
  domainId: integer('Number of the domain in paths of its folders; -1: not running.', -1),
  securityModels: list('Security models in use, the first is the default.', text('none, selinux, apparmor or dac.')),
  pageSizeBytes: integer('Size of a page in bytes.', 1),
  thpSizeKiB: optional(integer('Size of a transparent huge page in KiB.', 1)),
  physicalAddressBits: optional(integer("Width of the processor's physical addresses in bits; 0: it does not say.")),
  kvm: record('Limits of KVM.', { maxVcpus: integer('Most virtual processors of a guest.', 1) }),
  secureGuest: flag('s390: the machine runs protected guests.'),
  tdx: optional(flag('x86: KVM runs guests of Intel TDX.')),
  amdSev: optional(
    record("AMD SEV: registers of the processor's leaf 0x8000001F.", {
      ecx: integer('Number of guests encrypted at the same time.'),
      edx: integer('Lowest ASID of a guest without SEV-ES.'),
      cbitpos: optional(integer('Bit of a page table entry that says: encrypted.')),
      reducedPhysBits: optional(integer('Bits of physical addresses that encryption takes.')),
    }),
  ),
  cpu: optional(cpuShape),
  numaNodes: optional(
    list(
      'NUMA nodes, where they are known.',
      record('A node.', { id: integer('Its number.'), cpus: text('Its processors, e.g. 0-3,8.') }),
    ),
  ),
  autoNodeset: optional(text("Nodes that the host's advisor gives to automatic placement, e.g. 0-3.")),
  autoPorts: optional(
    record('Ports given where the domain leaves the choice; nothing is reserved.', {
      vnc: integer('VNC.', 1, 65535),
      vncWebsocket: integer('Websocket of VNC.', 1, 65535),
      spice: integer('SPICE.', 1, 65535),
      spiceTls: integer('TLS port of SPICE.', 1, 65535),
    }),
  ),
  firmware: firmwareDescriptorsShape,
  vhostUser: vhostUserDescriptorsShape,
  nbdkit: optional(list("Plugins and filters of the host's nbdkit; missing: no nbdkit.", text('A name.'))),
  slirpHelper: flag('slirp-helper is there and used for user networking.'),
  tpm: record('TPMs of the host.', {
    cancelPath: optional(text("sysfs's file that cancels a command of the passed-through TPM.")),
    emulatorSocket: optional(text('Socket of an emulated TPM; missing: a path below swtpmStateDir.')),
    swtpmVersions: list('Versions that swtpm emulates.', text('1.2 or 2.0.')),
  }),
  descriptors: descriptorsShape,
  fdGroups: dictionary(
    'Groups of descriptors given to the domain by name.',
    list('Numbers.', integer('A descriptor.')),
  ),
  writableFdGroups: optional(list('Groups whose descriptors can be written; missing: not known.', text('A name.'))),
  vsockAutoCid: optional(integer('Context id given where the domain leaves the choice.', 3, 4_294_967_295)),
  drmRenderNode: optional(text('DRM render node given where the domain names none.')),
  scsiGenericName: optional(text('Name in /dev of the SCSI generic device behind an address, e.g. sg0.')),
  scsiGeneric: optional(
    dictionary(
      'SCSI generic device by SCSI address (host:bus:target:unit, e.g. 0:0:1:0).',
      text('A name in /dev, e.g. sg0.'),
    ),
  ),
  hostCdrom: list('Paths that are CD drives of the host.', text('A path.')),
  netDevices: list('Network devices that exist.', text('A name.')),
  tapName: optional(text('Name of a tap where the domain gives none, e.g. vnet0.')),
  vhostUserIfname: optional(text('Name of the switch port behind a vhost-user socket.')),
  nwfilterBindings: list('Network devices that have a binding of a network filter already.', text('A name.')),
  identityToken: optional(text('Token of the identity under which libvirt runs.')),
  fips: flag('The kernel is in FIPS mode.'),
  smbios: optional(smbiosShape),
  images: optional(imagesShape),
  pci: pciInventoryShape,
  kernelVersion: optional(text('Release of the running kernel, e.g. 6.8.0-31-generic.')),
  vfioEnableSriov: optional(flag('Module option enable_sriov of vfio-pci; missing: not known (module not loaded).')),
  hugePages: optional(
    list(
      'Pools of huge pages.',
      record('Pages of one size.', {
        sizeKiB: integer('Size of a page in KiB.', 1),
        total: integer('Pages in the pool.'),
        free: integer('Pages of it that nobody uses.'),
        node: optional(integer('NUMA node; missing: the whole machine.')),
      }),
    ),
  ),
}

/** What libvirt would read from the machine that it runs on, as plain data. */
export const factsShape = record('Facts of the host that a domain is started on.', factFields)

export type HostFacts = Of<typeof factsShape>
export type HostCpu = Of<typeof cpuShape>
