import type { KindName } from '../context/context.ts'
import type { kinds } from '../devices/registry.ts'
import { dated } from '../release/dated.ts'
import type { ReleaseName } from '../release/release.ts'
import type { sections } from '../sections/registry.ts'
import type { SharedSlot } from './printers.ts'

/** Accepts a list that names each member of a union exactly once; a missing or doubled one does not compile. */
function each<Union extends string>() {
  return <const List extends readonly Union[]>(
    list: Exclude<Union, List[number]> extends never ? Unique<List> : { missing: Exclude<Union, List[number]> },
  ): readonly Union[] => list as unknown as readonly Union[]
}

type Unique<List extends readonly unknown[]> = List extends readonly [infer Head, ...infer Tail]
  ? Head extends Tail[number]
    ? { doubled: Head }
    : Unique<Tail> extends readonly unknown[]
      ? List
      : Unique<Tail>
  : List

export type SectionName = keyof typeof sections
type Units = typeof sections & typeof kinds
export type UnitName = SectionName | KindName

/** The kinds that take part in something: those whose behaviour has one of these parts. */
type KindsWith<Part extends string> = {
  [K in KindName]: Extract<keyof (typeof kinds)[K], Part> extends never ? never : K
}[KindName]

/** `unit.slot` for every argv slot of every section and kind. */
export type SlotName = {
  [U in keyof Units & string]: Units[U] extends { readonly argv: infer Slots } ? `${U}.${keyof Slots & string}` : never
}[keyof Units & string]

/** Sections, in the order their defaults and checks run. */
export const sectionOrder = each<SectionName>()([
  'identity',
  'os',
  'firmware',
  'process',
  'guest-memory',
  'memory-backing',
  'memtune',
  'vcpu',
  'cputune',
  'cpu',
  'numatune',
  'numa',
  'features',
  'clock',
  'lifecycle',
  'sysinfo',
  'keywrap',
  'launchSecurity',
  'seclabel',
  'blkiotune',
  'iothreads',
  'throttlegroups',
])

/** Device kinds, in the order their defaults and checks run, and in which they are prepared for a start. */
export const iterateOrder = each<KindName>()([
  'disk',
  'controller',
  'lease',
  'filesystem',
  'interface',
  'smartcard',
  'serial',
  'parallel',
  'channel',
  'console',
  'input',
  'graphics',
  'sound',
  'audio',
  'video',
  'hostdev',
  'redirdev',
  'redirfilter',
  'hub',
  'watchdog',
  'memballoon',
  'rng',
  'shmem',
  'tpm',
  'panic',
  'vsock',
  'crypto',
  'memory',
  'nvram',
  'iommu',
  'pstore',
])

/** Device kinds, in the order they are given PCI slots. */
export const pciOrder = each<KindsWith<'pci'>>()([
  'filesystem',
  'interface',
  'sound',
  'controller',
  'disk',
  'hostdev',
  'memballoon',
  'rng',
  'watchdog',
  'video',
  'shmem',
  'input',
  'serial',
  'vsock',
  'memory',
  'crypto',
  'iommu',
  'panic',
  'pstore',
])

/** Of these, the ones whose zPCI numbers come ahead of those of controllers that are added. */
export const numberedFirst: ReadonlySet<KindName> = new Set<KindsWith<'pci'>>([
  'interface',
  'sound',
  'controller',
  'disk',
  'hostdev',
])

/** Device kinds, in the order they are given ccw device numbers. */
export const ccwOrder = each<KindsWith<'virtio' | 'ccw'>>()([
  'disk',
  'interface',
  'sound',
  'hostdev',
  'video',
  'controller',
  'input',
  'filesystem',
  'memballoon',
  'rng',
  'memory',
  'vsock',
  'crypto',
])

/** Device kinds, in the order they are given USB ports. */
export const usbOrder = dated(
  each<KindsWith<'usb'>>()([
    'hub',
    'hostdev',
    'disk',
    'controller',
    'input',
    'serial',
    'sound',
    'redirdev',
    'interface',
    'filesystem',
  ]),
  [
    '11.3',
    each<KindsWith<'usb'>>()([
      'hub',
      'disk',
      'interface',
      'sound',
      'hostdev',
      'controller',
      'serial',
      'input',
      'redirdev',
      'filesystem',
    ]),
  ],
)

/** The command line, from first to last. */
export const argvOrder = [
  ...each<SlotName | SharedSlot>()([
    'process.environment',
    'clock.environment',
    'identity.name',
    'process.deprecation',
    'process.paused',
    'process.master-key',
    'disk.reservations',
    'firmware.flashes',
    'process.fips',
    '@machine',
    'os.accelerator',
    'features.tseg',
    '@cpu',
    'firmware.secure',
    'firmware.bios',
    'firmware.store',
    'guest-memory.size',
    'guest-memory.backend',
    'guest-memory.overcommit',
    'vcpu.smp',
    'iothreads.objects',
    'iothreads.main-loop',
    'throttlegroups.objects',
    'numa.cells',
    'identity.uuid',
    'sysinfo.smbios',
    'sysinfo.blobs',
    'identity.genid',
    'graphics.none',
    'process.bare',
    'process.monitor',
    'clock.rtc',
    'clock.timers',
    'lifecycle.shutdown',
    'features.no-acpi',
    'lifecycle.sleep',
    'os.boot',
    'os.kernel',
    'iommu.device',
    'controller.pci-hole',
    'controller.devices',
    'memory.devices',
    'hub.hubs',
    'controller.on-hubs',
    'disk.devices',
    'filesystem.devices',
    'interface.devices',
    'smartcard.devices',
    'serial.devices',
    'parallel.devices',
    'channel.devices',
    'console.devices',
    'tpm.devices',
    'input.devices',
    'audio.backends',
    'graphics.screens',
    'video.cards',
    'sound.cards',
    'watchdog.devices',
    'redirdev.devices',
    'hostdev.devices',
    'process.incoming',
    'memballoon.device',
    'rng.devices',
    'nvram.register',
    'features.vmcoreinfo',
    'launchSecurity.object',
    'process.user-arguments',
    'process.sandbox',
    'panic.devices',
    'shmem.devices',
    'vsock.device',
    'crypto.devices',
    'pstore.device',
    'features.teardown',
    'process.messages',
    'process.user-environment',
  ]),
]

/** A slot that another release prints elsewhere. */
export interface OrderMove {
  readonly since: ReleaseName
  readonly slot: SlotName
  /** The slot after which it stands then. */
  readonly after: SlotName
}

export const argvMoves: readonly OrderMove[] = [{ since: '12.8', slot: 'iommu.device', after: 'controller.devices' }]
