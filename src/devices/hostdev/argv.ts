import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import {
  displayProperties,
  type HostPciDevice,
  hostInterfaces,
  iommufdObject,
  throughIommufd,
  vfioPciProperties,
} from '../../parts/host-pci.ts'
import type { Hostdev, HostdevOf } from './element.ts'
import { genericInitiators } from './initiators.ts'
import { scsiBackend, scsiHostProperties, scsiProperties } from './scsi.ts'

type Printers = { readonly [K in Hostdev['type']]: (device: HostdevOf<K>, context: Context) => Properties }

const printers: Printers = {
  pci: vfioPciProperties,
  usb: usbProperties,
  scsi: scsiProperties,
  scsi_host: scsiHostProperties,
  mdev: mdevProperties,
}

/** `-device` of every host device, those that stand as `<interface>` first. */
export function hostdevArgv(context: Context, out: CommandLineBuilder): void {
  const functions = [...hostInterfaces(context), ...context.devices.hostdev.filter((device) => device.type === 'pci')]
  // Who hands over a descriptor of /dev/iommu gets the object, whatever uses it (oracle: 12.8).
  const isHandedOver = context.definition.iommufd?.fdgroup !== undefined
  if (isHandedOver || functions.some((device) => throughIommufd(device, context))) out.object(iommufdObject())
  let initiators = 0
  const printInitiators = (device: HostPciDevice) => {
    for (const object of genericInitiators(device, initiators, context)) {
      out.object(object)
      initiators++
    }
  }
  for (const device of hostInterfaces(context)) {
    if (device.address?.type === 'unassigned') continue
    emitDevice(device, vfioPciProperties(device, context), context, out)
    printInitiators(device)
  }
  for (const device of context.devices.hostdev) {
    if (device.address?.type === 'unassigned') continue
    if (device.type === 'scsi') {
      const { secret, node } = scsiBackend(device, context)
      if (secret) out.object(secret)
      out.json('-blockdev', node)
    }
    const print = printers[device.type] as (it: Hostdev, context: Context) => Properties
    // A mediated device of IBM Z has zPCI numbers, and no zpci device before it (oracle: 11.3).
    if (device.type === 'mdev') out.device(print(device, context))
    else emitDevice(device, print(device, context), context, out)
    if (device.type === 'pci') printInitiators(device)
  }
}

/** `-device usb-host`: QEMU opens the device file, so vendor and product stand for what prepare found. */
function usbProperties(device: HostdevOf<'usb'>, context: Context): Properties {
  const { source } = device
  const properties = new Properties().put('driver', 'usb-host', rule('hostdev/usb-host'))
  if (source.address) {
    properties.put('hostdevice', usbDevicePath(source.address), of(source.address, 'bus', 'device'))
  } else {
    if (source.vendor) properties.field('vendorid', source.vendor, 'id')
    if (source.product) properties.field('productid', source.product, 'id')
  }
  properties.id(device, context)
  properties.append(context.bootIndex(device))
  const { guestReset } = source
  if (guestReset !== undefined) {
    const from = of(source, 'guestReset')
    properties
      .put('guest-reset', guestReset !== 'off', from)
      .put('guest-resets-all', guestReset === 'off' ? undefined : guestReset === 'on', from)
  }
  return properties.append(deviceAddress(device, context))
}

/** `-device vfio-pci,sysfsdev=`: a mediated device. */
function mdevProperties(device: HostdevOf<'mdev'>, context: Context): Properties {
  const { address } = device.source
  const driver = device.ramfb && device.model === 'vfio-pci' ? 'vfio-pci-nohotplug' : device.model
  return new Properties()
    .put('driver', driver, of(device, 'model', 'ramfb'))
    .id(device, context)
    .put('sysfsdev', `/sys/bus/mdev/devices/${address.uuid}`, of(address, 'uuid'))
    .append(displayProperties(device))
    .append(context.bootIndex(device))
    .append(context.bootEntry(device))
    .append(deviceAddress(device, context))
}

export function usbDevicePath({
  bus,
  device = 0,
}: {
  readonly bus: number
  readonly device?: number | undefined
}): string {
  return `/dev/bus/usb/${String(bus).padStart(3, '0')}/${String(device).padStart(3, '0')}`
}
