import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import { address } from '../../fragments/address.ts'
import { deviceAddress } from '../../fragments/device-address.ts'
import { scsiPlace } from '../../fragments/scsi-place.ts'
import { iscsiProperties } from '../../fragments/storage-source/protocols/iscsi.ts'
import { findSecret, secretObject } from '../../fragments/storage-source/secret-object.ts'
import { virtioDriver } from '../../fragments/virtio-device.ts'
import { addressRule, hostFact } from '../../origin/origin.ts'
import type { HostdevOf } from './element.ts'

type ScsiHostdev = HostdevOf<'scsi'>

interface Backend {
  readonly secret: Properties | undefined
  readonly node: Properties
  readonly name: string
}

const backends = startKey<Backend>('hostdev/scsi backend')

/** The place of a SCSI device without one: the first free unit of the SCSI controllers. */
export function placeScsi(device: ScsiHostdev, context: Context): void {
  if (device.address !== undefined) return
  const taken = new Set<string>()
  const { disk, hostdev } = context.devices
  for (const { address: at, target } of disk) {
    if (target?.bus === 'scsi' && at?.type === 'drive') taken.add(`${at.controller} ${at.unit}`)
  }
  for (const it of hostdev) {
    if (it.type === 'scsi' && it.address?.type === 'drive') taken.add(`${it.address.controller} ${it.address.unit}`)
  }
  let place = 0
  while (taken.has(`${Math.floor(place / unitsPerController)} ${place % unitsPerController}`)) place++
  const reason = addressRule('drive/first-free-unit')
  const controller = Math.floor(place / unitsPerController)
  const made = address.create({ type: 'drive', controller, unit: place % unitsPerController })
  context.set(device, 'address', context.made(made, reason), reason)
}

/** Unit 7 is the controller's own. */
const unitsPerController = 7

/** Names and opens the back-end of a SCSI device. */
export function prepareScsi(device: ScsiHostdev, context: Context): void {
  const name = `${context.nodeNames.next()}-backend`
  const { source } = device
  const login = source.auth && { auth: source.auth, secretId: `${name}-secret0` }
  let secret: Properties | undefined
  if (login && source.protocol === 'iscsi') {
    const { type, uuid, usage } = login.auth.secret
    const plain = findSecret({ type, uuid, usage }, login.auth.secret, context)
    secret = secretObject(login.secretId, plain, of(login.auth, 'secret'), login.auth.secret, context)
  }
  const node = source.protocol === 'iscsi' ? iscsiProperties(source, login) : localDevice(device, context)
  node
    .put('node-name', name, rule('hostdev/scsi-backend'))
    .put('read-only', device.readonly === true, of(device, 'readonly'))
  context.start.set(backends, device, { secret, node, name })
}

/** The generic device that stands for a SCSI address is the host's to know. */
function localDevice({ source }: ScsiHostdev, context: Context): Properties {
  const generic = context.host.scsiGenericName
  if (generic === undefined) {
    context.error({
      code: 'hostdev/unknown-scsi-device',
      message: 'The host does not say which generic device (/dev/sgN) stands for the SCSI address.',
      hint: 'Record the host, or name the device in the host file.',
      at: source,
      when: 'start',
    })
  }
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
  if (device.shareable) properties.put('share-rw', true, of(device, 'shareable'))
  properties
    .put('drive', scsiBackend(device, context).name, rule('hostdev/scsi-backend'))
    .put('id', context.alias(device), rule('hostdev/alias'))
  if (device.boot) properties.field('bootindex', device.boot, 'order')
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
    .put('id', context.alias(device), rule('hostdev/alias'))
    .append(deviceAddress(device, context))
}
