import { DRIVE_LAYOUTS, type DriveAddress, driveAddressOf } from '../../address/drive.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import { address } from '../../fragments/address.ts'
import type { Addressable } from '../../fragments/device-info.ts'
import { asked } from '../../host/asked.ts'
import { addressRule, defaultRule, hostFact, implicitRule } from '../../origin/origin.ts'
import { own } from '../../own.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { scsiPlace } from '../../parts/scsi-place.ts'
import { sealedSecret } from '../../parts/sealed-secret.ts'
import { secretObject } from '../../parts/secret-object.ts'
import { iscsiProperties, withLun } from '../../parts/storage-source/protocols/iscsi.ts'
import { virtioDriver } from '../../parts/virtio-device.ts'
import type { HostdevOf } from './element.ts'

type ScsiHostdev = HostdevOf<'scsi'>

interface Backend {
  readonly secret: Properties | undefined
  readonly node: Properties
  readonly name: string
}

const backends = startKey<Backend>('hostdev/scsi backend')

/** An iSCSI name without a LUN means LUN 0. */
export function fillLun({ source }: ScsiHostdev, context: Context): void {
  if (source.protocol !== 'iscsi') return
  const name = withLun(source.name)
  if (name !== source.name) context.set(source, 'name', name, defaultRule('hostdev/iscsi-lun'))
}

/**
 * The first free unit of the SCSI controllers; where all are full, another one of the last one's model. The first device
 * without a place has all of them placed, so that what is taken is asked once.
 */
export function placeScsi(device: ScsiHostdev, context: Context): void {
  if (device.address !== undefined) return
  const taken = takenPlaces(context)
  let index = 0
  for (const other of context.devices.hostdev) {
    if (other.type !== 'scsi' || other.address !== undefined) continue
    while (taken.has(placeKey(driveAddressOf(index, DRIVE_LAYOUTS.scsi)))) index++
    place(other, driveAddressOf(index++, DRIVE_LAYOUTS.scsi), context)
  }
}

function place(device: ScsiHostdev, found: DriveAddress, context: Context): void {
  const reason = addressRule('drive/first-free-unit')
  context.set(device, 'address', context.made(address.create({ type: 'drive', ...found }), reason), reason)
  if (context.controllerAt('scsi', found.controller) !== undefined) return
  const last = context.controllers('scsi').at(-1)
  if (last === undefined) return
  const made = context.create('controller', { type: 'scsi', index: found.controller, model: last.model })
  const list = context.devices.controller
  context.insert(list, made, implicitRule('hostdev/scsi-controller'), list.indexOf(last) + 1)
}

type Place = { readonly [K in 'controller' | 'bus' | 'target' | 'unit']: number | undefined }

const placeKey = ({ controller, bus, target, unit }: Place) => `${controller} ${bus} ${target} ${unit}`

function takenPlaces({ devices }: Context): Set<string> {
  const scsi: Addressable[] = [
    ...devices.disk.filter(({ target }) => target?.bus === 'scsi'),
    ...devices.hostdev.filter(({ type }) => type === 'scsi'),
  ]
  return new Set(scsi.flatMap(({ address }) => (address?.type === 'drive' ? [placeKey(address)] : [])))
}

/** Names and opens the back-end of a SCSI device. */
export function prepareScsi(device: ScsiHostdev, context: Context): void {
  const name = `${context.nodeNames.next()}-backend`
  const { source } = device
  const auth = source.protocol === 'iscsi' ? source.auth : undefined
  const login = auth && { auth, secretId: `${name}-secret0` }
  let secret: Properties | undefined
  if (login) {
    const { type, uuid, usage } = login.auth.secret
    const sealed = sealedSecret({ type, uuid, usage }, login.auth.secret, context)
    secret = secretObject(login.secretId, sealed, of(login.auth, 'secret'))
  }
  const node = source.protocol === 'iscsi' ? iscsiProperties(source, login) : localDevice(device, context)
  node
    .put('node-name', name, rule('hostdev/scsi-backend'))
    .put('read-only', device.readonly === true, of(device, 'readonly'))
  context.start.set(backends, device, { secret, node, name })
}

/** `scsi_host2:0:5:1` is 2:0:5:1 for the kernel. */
function genericOf(source: ScsiHostdev['source'], { host }: Context): string | undefined {
  if (!('adapter' in source) || source.adapter === undefined) return host.scsiGenericName
  const { bus, target, unit } = source.address
  const number = /\d+$/.exec(source.adapter.name)?.[0]
  return own(host.scsiGeneric ?? {}, `${number}:${bus}:${target}:${unit}`) ?? host.scsiGenericName
}

/** The generic device that stands for a SCSI address is the host's to know. */
function localDevice({ source }: ScsiHostdev, context: Context): Properties {
  const { value: generic } = context.ask(
    asked.scsiGeneric(context.host.scsiGeneric !== undefined),
    genericOf(source, context),
    { at: source },
  )
  return new Properties()
    .put('driver', 'host_device', rule('hostdev/scsi-backend'))
    .put('filename', `/dev/${generic ?? ''}`, hostFact('generic device of a SCSI address'))
}

export function scsiBackend(device: ScsiHostdev, context: Context): Backend {
  return context.start.need(backends, device)
}

/** `-device scsi-generic`. */
export function scsiProperties(device: ScsiHostdev, context: Context): Properties {
  const properties = new Properties().put('driver', 'scsi-generic', rule('hostdev/scsi-generic'))
  properties.put('drive', scsiBackend(device, context).name, rule('hostdev/scsi-backend')).id(device, context)
  properties.append(context.bootIndex(device))
  return device.address?.type === 'drive' ? properties.append(scsiPlace(device.address, context)) : properties
}

/** `-device vhost-scsi-pci`, `-ccw`: the host's kernel is the target. */
export function scsiHostProperties(device: HostdevOf<'scsi_host'>, context: Context): Properties {
  const { model, source } = device
  const descriptor = context.host.resources.vhostScsi()
  return new Properties()
    .put('driver', virtioDriver('vhost-scsi', model, device), of(device, 'model'))
    .field('wwpn', source, 'wwpn')
    .put('vhostfd', descriptor === undefined ? undefined : String(descriptor), hostFact('descriptor of vhost-scsi'))
    .id(device, context)
    .append(deviceAddress(device, context))
}
