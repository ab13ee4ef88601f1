import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { scsiPlace } from '../../parts/scsi-place.ts'
import { writeCacheProperty } from '../../parts/storage-source/cache.ts'
import { dated } from '../../release/dated.ts'
import { cacheOf } from './cache.ts'
import type { Disk, DiskBus } from './element.ts'
import { isNamespace, nvmeNamespace } from './nvme.ts'
import { isBehindBot, usbDisk } from './usb.ts'
import { vhostUserChardev } from './vhost-user.ts'
import { virtioDisk } from './virtio.ts'

type Part = (disk: Disk, context: Context) => Properties

/** QEMU's device of each bus, with what says where it sits. Buses without one are refused. */
const frontends: { readonly [B in DiskBus]?: Part } = {
  ide: (disk, context) => driver(disk.device === 'cdrom' ? 'ide-cd' : 'ide-hd', disk).append(ideAddress(disk, context)),
  sata: (disk, context) =>
    driver(disk.device === 'cdrom' ? 'ide-cd' : 'ide-hd', disk).append(sataAddress(disk, context)),
  fdc: (disk) => {
    const properties = driver('floppy', disk)
    return disk.address?.type === 'drive' ? properties.field('unit', disk.address, 'unit') : properties
  },
  scsi: (disk, context) => driver(scsiDriver(disk), disk).append(scsiAddress(disk, context)),
  nvme: nvmeNamespace,
  usb: usbDisk,
  virtio: virtioDisk,
}

export function hasFrontend(bus: DiskBus | undefined): boolean {
  return bus !== undefined && frontends[bus] !== undefined
}

const driver = (name: string, disk: Disk) => new Properties().put('driver', name, of(disk, 'device', 'target'))

/** The name of the bus behind a board's own controller is fixed, whatever the user calls the controller. */
function busName(type: 'ide' | 'sata', index: number, context: Context): string {
  const found = context.controllerAt(type, index)
  const onBoard = index === 0 && context.machine.builtInControllers.some((it) => it.type === type)
  return onBoard || found === undefined ? 'ide' : context.alias(found)
}

function ideAddress(disk: Disk, context: Context): Properties {
  const { address } = disk
  if (address?.type !== 'drive') return new Properties()
  return new Properties()
    .put(
      'bus',
      `${busName('ide', address.controller ?? 0, context)}.${address.bus ?? 0}`,
      of(address, 'controller', 'bus'),
    )
    .field('unit', address, 'unit')
}

function sataAddress(disk: Disk, context: Context): Properties {
  const { address } = disk
  if (address?.type !== 'drive') return new Properties()
  const name = busName('sata', address.controller ?? 0, context)
  return new Properties().put('bus', `${name}.${address.unit ?? 0}`, of(address, 'controller', 'unit'))
}

function scsiDriver(disk: Disk): string {
  if (disk.device === 'cdrom') return 'scsi-cd'
  return disk.device === 'lun' ? 'scsi-block' : 'scsi-hd'
}

function scsiAddress(disk: Disk, context: Context): Properties {
  const { address } = disk
  if (address?.type !== 'drive') return new Properties()
  const from = disk.serial ? of(disk, 'serial') : rule('disk/device-id')
  return scsiPlace(address, context).put('device_id', deviceId(disk, context), from)
}

/** What a SCSI guest is told as identification (page 0x83). A LUN of the host has its own. */
function deviceId(disk: Disk, context: Context): string | undefined {
  if (disk.device === 'lun') return undefined
  return disk.serial ?? `drive-${context.alias(disk)}`
}

/** A LUN whose commands go to the host: it is what it is. */
const isPassed = (disk: Disk) => disk.target?.bus === 'scsi' && disk.device === 'lun'

/** libvirt sets a backslash before each space of a serial number, and QEMU shows it to the guest. */
const escapedSerial = (serial: string | undefined) => serial?.replaceAll(' ', '\\ ')

/** Behind a usb-bot, which has the disk's own name, the disk has another. */
function deviceName(disk: Disk, context: Context): string {
  return isBehindBot(disk) ? `${context.alias(disk)}-device` : context.alias(disk)
}

const isUsbStorage = (disk: Disk) => disk.target?.bus === 'usb' && !isBehindBot(disk)

/** Where the granularity of discards stands. Source: libvirt 11.3 and 12.8. */
const granularityLast = dated(false, ['12.8', true])

/** A USB disk says always whether it is removable. */
function usbRemovable(disk: Disk): Properties {
  const { target } = disk
  if (!isUsbStorage(disk)) return new Properties()
  const from = target ? of(target, 'removable') : rule('disk/not-removable')
  return new Properties().put('removable', target?.removable ?? false, from)
}

/** `-device` of a disk. @param node the topmost node of its chain; undefined where the drive is empty */
export function frontend(disk: Disk, node: string | undefined, context: Context): Properties {
  const { target, driver: options, blockio, geometry } = disk
  const bus = target?.bus
  const properties = (frontends[bus ?? 'ide'] ?? virtioDisk)(disk, context)
  if (disk.shareable) properties.put('share-rw', true, of(disk, 'shareable'))
  properties
    .put('drive', node, rule('disk/node'))
    .put('chardev', disk.type === 'vhostuser' ? vhostUserChardev(disk, context) : undefined, named(disk))
    .put('id', deviceName(disk, context), named(disk))
  if (bus !== 'fdc') properties.append(context.bootIndex(disk)).append(context.bootEntry(disk))
  const isLast = context.plan.at(granularityLast)
  if (blockio) {
    properties
      .field('logical_block_size', blockio, 'logical_block_size')
      .field('physical_block_size', blockio, 'physical_block_size')
    if (!isLast) properties.field('discard_granularity', blockio, 'discard_granularity')
  }
  if (disk.wwn !== undefined) properties.put('wwn', BigInt(`0x${disk.wwn.replace(/^0x/, '')}`), of(disk, 'wwn'))
  if (target) properties.field('rotation_rate', target, 'rotation_rate')
  properties
    .field('vendor', disk, 'vendor')
    .put(bus === 'ide' || bus === 'sata' ? 'model' : 'product', disk.product || undefined, of(disk, 'product'))
  properties.append(usbRemovable(disk))
  if (target && bus !== 'usb') properties.field('removable', target, 'removable')
  if (!isPassed(disk)) properties.append(writeCacheProperty(cacheOf(disk)))
  if (geometry) {
    properties.field('cyls', geometry, 'cyls').field('heads', geometry, 'heads').field('secs', geometry, 'secs')
    properties.field('bios-chs-trans', geometry, 'trans')
  }
  if (!isPassed(disk) && !isNamespace(disk)) properties.put('serial', escapedSerial(disk.serial), of(disk, 'serial'))
  if (options) properties.append(errorPolicies(options))
  const intervals = options?.statistics?.statistic ?? []
  if (intervals.length > 0)
    properties.put(
      'stats-intervals',
      intervals.map(({ interval }) => interval),
      of(options!, 'statistics'),
    )
  if (target) properties.field('dpofua', target, 'dpofua')
  if (blockio && isLast) properties.field('discard_granularity', blockio, 'discard_granularity')
  const reservations = disk.source?.reservations
  if (isPassed(disk) && reservations)
    properties.put('migrate-pr', reservations.migration, of(reservations, 'migration'))
  return properties
}

const werror = { stop: 'stop', report: 'report', ignore: 'ignore', enospace: 'enospc' } as const

/** A policy for writing holds for reading too, where it makes sense there. */
function errorPolicies(options: NonNullable<Disk['driver']>): Properties {
  const { error_policy: write, rerror_policy: read } = options
  const properties = new Properties()
  if (write !== undefined) properties.put('werror', werror[write], of(options, 'error_policy'))
  const reading = read ?? (write === 'enospace' ? undefined : write)
  if (reading !== undefined) {
    properties.put('rerror', reading, of(options, read === undefined ? 'error_policy' : 'rerror_policy'))
  }
  return properties
}
