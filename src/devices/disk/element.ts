import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { child, derived, flag, optional, required, textChild, withDefault } from '../../codec/field.ts'
import { integer, unsetAtZero } from '../../codec/number.ts'
import { newer, nonEmpty, oneOf, onOff, pattern, text, yesNo } from '../../codec/scalar.ts'
import { backendDomain } from '../../fragments/backend-domain.ts'
import { deviceInfo, plainDeviceInfo } from '../../fragments/device-info.ts'
import { backingStore } from '../../fragments/storage-source/backing.ts'
import { sourceByType, sourceTypes } from '../../fragments/storage-source/element.ts'
import { auth, encryption } from '../../fragments/storage-source/secret.ts'
import { driver } from './driver.ts'
import { iotune } from './iotune.ts'
import { throttlefilters } from './throttle-element.ts'

/** A number that 0 leaves open. */
const positive = (max?: number) => unsetAtZero(integer(max === undefined ? {} : { max }))

const geometry = element(
  'geometry',
  'Geometry that the guest sees instead of one that is guessed.',
  {
    attributes: {
      cyls: optional(positive(), { doc: 'Cylinders.' }),
      heads: optional(positive(), { doc: 'Heads.' }),
      secs: optional(positive(), { doc: 'Sectors a track.' }),
      trans: optional(oneOf('none', 'auto', 'lba'), { doc: "The BIOS's translation." }),
    },
  },
  {
    // libvirt prints a geometry that is whole, and gives QEMU what there is of it.
    omitWhere: ({ cyls, heads, secs }) => !(cyls && heads && secs),
  },
)

/** 0 was the same as none before. Source: NEWS of 11.6; oracle (11.3, 12.8). */
const zeroGranularitySince = '11.6'

const blockio = element(
  'blockio',
  'Block sizes that the guest sees.',
  {
    attributes: {
      logical_block_size: optional(positive(), { doc: 'Bytes.' }),
      physical_block_size: optional(positive(), { doc: 'Bytes.' }),
      discard_granularity: optional(integer(), { doc: 'Bytes; 0, since libvirt 11.6: the guest discards nothing.' }),
    },
  },
  {
    omitEmpty: true,
    settle: ({ fields, knows }) => {
      if (fields.discard_granularity === 0 && !knows(zeroGranularitySince)) fields.discard_granularity = undefined
    },
  },
)

const target = element('target', 'Where the guest sees the disk.', {
  attributes: {
    dev: required(nonEmpty, { doc: 'Name that orders the disks: vda, sdb …', missing: 'disk/missing-target' }),
    bus: optional(
      newer(oneOf('ide', 'fdc', 'scsi', 'virtio', 'xen', 'usb', 'uml', 'sata', 'sd', 'nvme'), { nvme: '11.5' }),
      {
        doc: "Kind of bus; from the name's first letters where absent.",
        invalid: 'disk/unknown-bus',
      },
    ),
    tray: optional(oneOf('closed', 'open'), {
      doc: 'The tray of a CD drive or floppy.',
      omit: (it) => it === 'closed',
    }),
    removable: optional(onOff, {
      doc: 'Whether a USB or SCSI disk shows as removable.',
      // Printed below, for USB only; libvirt forgets it elsewhere.
      omit: () => true,
    }),
    removableShown: derived(
      ({ bus, removable }: { bus?: string; removable?: boolean }) =>
        bus === 'usb' && removable !== undefined ? onOff.format(removable) : undefined,
      { name: 'removable', doc: 'Of a USB disk alone.' },
    ),
    rotation_rate: optional(positive(), { doc: 'Turns a minute; 1: no moving parts.' }),
    dpofua: optional(onOff, {
      doc: 'SCSI: whether a command may go around the cache (DPO and FUA).',
      since: '11.10',
    }),
  },
})

const transient = element('transient', 'Changes are thrown away when the guest stops.', {
  attributes: {
    shareBacking: optional(yesNo, { doc: 'The image is shared by several guests.', omit: (value) => !value }),
  },
})

const wwn = pattern(/^(0x)?[0-9a-fA-F]{16}$/, 'sixteen hexadecimal digits')

function scsiText(length: number) {
  return pattern(new RegExp(`^[\\x20-\\x7e]{0,${length}}$`), `up to ${length} printable characters`)
}

export const disk = element(
  'disk',
  'A disk, CD drive, floppy or LUN.',
  {
    attributes: {
      type: withDefault(sourceTypes, 'file', { doc: 'Kind of source.' }),
      device: withDefault(oneOf('disk', 'cdrom', 'floppy', 'lun'), 'disk', { doc: 'What the guest sees.' }),
      model: optional(
        newer(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional', 'usb-storage', 'usb-bot'), {
          'usb-storage': '11.5',
          'usb-bot': '11.5',
        }),
        { doc: 'Model of a virtio disk, or of a USB disk: usb-bot shows a CD drive as one.' },
      ),
      rawio: optional(yesNo, { doc: 'The guest may send raw SCSI commands.' }),
      sgio: optional(oneOf('filtered', 'unfiltered'), { doc: 'Whether SCSI commands are filtered.' }),
      snapshot: optional(oneOf('no', 'internal', 'external', 'manual'), { doc: 'How snapshots treat the disk.' }),
    },
    children: {
      driver: child(driver),
      auth: child(auth),
      by: sourceByType,
      backingStore: child(backingStore),
      backenddomain: child(backendDomain),
      geometry: child(geometry),
      blockio: child(blockio),
      target: child(target),
      throttlefilters: child(throttlefilters, { merges: true, since: '11.2' }),
      iotune: child(iotune, { merges: true }),
      readonly: flag({ doc: 'The guest cannot write.' }),
      shareable: flag({ doc: 'Several guests use it at once.' }),
      transient: child(transient),
      serial: textChild(text, { doc: 'Serial number.' }),
      wwn: textChild(wwn, {
        doc: 'World wide name.',
        invalid: 'disk/wwn',
      }),
      vendor: textChild(scsiText(8), { doc: 'Vendor of a SCSI disk.', invalid: 'disk/vendor' }),
      product: textChild(scsiText(40), {
        doc: 'Product of a SCSI disk; since 11.1 of an IDE or SATA disk.',
        invalid: 'disk/product',
      }),
      encryption: child(encryption),
      boot: deviceInfo.boot,
      ...plainDeviceInfo,
    },
  },
  { settle: settleDisk, ignored: { children: ['mirror', 'state', 'privateData'] } },
)

/** A CD is never written to; what cannot change takes part in no snapshot anyway. An empty text says nothing. */
function settleDisk({ fields }: Settling): void {
  if (fields.serial === '') fields.serial = undefined
  if (fields.device === 'cdrom') fields.readonly = true
  if (removable.has(fields.device) && saysNothing(fields.source)) fields.source = undefined
  if (fields.readonly === true && fields.snapshot === 'no') fields.snapshot = undefined
}

const removable: ReadonlySet<unknown> = new Set(['cdrom', 'floppy'])

/** A source without anything in it: a drive without a medium. */
function saysNothing(source: unknown): boolean {
  if (typeof source !== 'object' || source === null) return false
  return Object.values(source).every((part) => part === undefined || (Array.isArray(part) && part.length === 0))
}

export type Disk = Infer<typeof disk>
export type DiskBus = NonNullable<NonNullable<Disk['target']>['bus']>
