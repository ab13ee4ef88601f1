import type { Settling } from '../../codec/description.ts'
import { choice, element, type Infer } from '../../codec/element.ts'
import { child, flag, optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { cNumber, hex } from '../../codec/number.ts'
import { oneOf, onOff, pattern, yesElseNo, yesNo } from '../../codec/scalar.ts'
import { uuid } from '../../codec/uuid.ts'
import { deviceInfo } from '../../fragments/device-info.ts'
import { hostDriver } from '../../fragments/host-driver.ts'
import { hostPciAddress } from '../../fragments/pci-address.ts'
import { teaming } from '../../fragments/teaming.ts'
import { scsiHostVariant, scsiVariant } from './scsi-element.ts'

const pciSource = element('source', 'The host function.', {
  attributes: {
    writeFiltering: optional(yesNo, { doc: "Whether the guest's writes to configuration space are filtered (Xen)." }),
  },
  children: { address: requiredChild(hostPciAddress, { missing: 'hostdev/missing-address' }) },
})

const usbId = (name: string, doc: string, min = 0) =>
  element(name, doc, {
    attributes: {
      id: required(hex(4, { min, max: 0xffff }), { doc: 'Four hexadecimal digits, as lsusb shows them.' }),
    },
  })

/** The oldest release seen to know it; no documentation dates it. */
const usbPortSince = '12.8'

/** A device is named by its number or by its port. Source: formatdomain, "USB / PCI / SCSI devices"; oracle (12.8). */
function checkUsbAddress({ fields, error, knows }: Settling): void {
  const hasPort = fields.port !== undefined
  if (hasPort !== (fields.device !== undefined)) return
  const hint = hasPort
    ? 'Keep one of the two.'
    : `Add ${knows(usbPortSince) ? "device='…' or port='…'" : "device='…'"}.`
  const message = hasPort
    ? 'The address names the device by its number and by its port.'
    : 'The address does not say which device of the bus is meant.'
  error({ code: 'hostdev/usb-address', message, hint })
}

const usbAddress = element(
  'address',
  'Where the device is plugged into the host.',
  {
    attributes: {
      bus: required(cNumber(), { doc: 'USB bus of the host.', missing: 'hostdev/usb-address' }),
      device: optional(cNumber(), { doc: 'Device on the bus; changes with each plugging.' }),
      port: optional(pattern(/^\d+(\.\d+)*$/, 'a path of ports such as 1.2'), {
        doc: 'Port of the host, a path through its hubs.',
        since: usbPortSince,
      }),
    },
  },
  { settle: checkUsbAddress },
)

/** Vendor and product name a device together, and where an address does, neither stands alone; device 0 of bus 0 is none, nor is a port of it (oracle: 11.3, 12.8). */
function checkUsbIds({ fields, error }: Settling): void {
  const at = fields.address as { bus?: number; device?: number; port?: string } | undefined
  if (at?.bus === 0 && (at.device ?? 0) === 0) fields.address = undefined
  else if (at === undefined && fields.vendor === undefined && fields.product === undefined) {
    error({
      code: 'hostdev/usb-without-id',
      message: 'The USB device is named neither by vendor and product nor by address.',
      hint: "Add <vendor id='0x…'/> and <product id='0x…'/>, or <address bus='…' device='…'/>.",
    })
  }
  if ((fields.vendor === undefined) === (fields.product === undefined)) return
  const [given, missing] = fields.vendor === undefined ? ['product', 'vendor'] : ['vendor', 'product']
  error({
    code: 'hostdev/usb-half-id',
    message: `The device is named by its ${given} without a ${missing}.`,
    hint: `Add <${missing} id='0x…'/>, or remove <${given}>.`,
  })
}

const usbSource = element(
  'source',
  'The host USB device: by vendor and product, by address, or both.',
  {
    attributes: {
      startupPolicy: optional(oneOf('mandatory', 'requisite', 'optional'), {
        doc: 'What happens where the device is not there.',
      }),
      guestReset: optional(oneOf('off', 'uninitialized', 'on'), {
        doc: 'Whether a reset by the guest reaches the device.',
      }),
    },
    children: {
      vendor: child(usbId('vendor', 'USB vendor.', 1)),
      product: child(usbId('product', 'USB product.')),
      address: child(usbAddress),
    },
  },
  { settle: checkUsbIds, omitEmpty: true },
)

const mdevSource = element('source', 'The mediated device.', {
  children: {
    address: requiredChild(
      element('address', 'The mediated device.', {
        attributes: {
          uuid: required(uuid, { doc: "The mediated device's UUID.", missing: 'hostdev/mdev-without-uuid' }),
        },
      }),
      { missing: 'hostdev/mdev-without-uuid' },
    ),
  },
})

export const hostdev = element(
  'hostdev',
  'A device of the host given to the guest.',
  {
    attributes: {
      mode: withDefault(oneOf('subsystem', 'capabilities'), 'subsystem', {
        doc: 'subsystem: a device on a bus; capabilities is for containers only.',
      }),
      type: required(oneOf('pci', 'usb', 'scsi', 'scsi_host', 'mdev'), { doc: 'The bus of the host.' }),
      managed: withDefault(yesElseNo, false, { doc: 'Detach it from its host driver automatically.' }),
    },
    children: {
      by: choice('type', {
        pci: {
          attributes: {
            display: optional(onOff, { doc: 'Show what the device draws.', since: '10.3' }),
            ramfb: optional(onOff, { doc: 'A frame buffer before the driver runs.', since: '10.3' }),
          },
          children: { driver: child(hostDriver), source: requiredChild(pciSource) },
        },
        usb: { children: { source: requiredChild(usbSource) } },
        scsi: scsiVariant,
        scsi_host: scsiHostVariant,
        mdev: {
          attributes: {
            model: required(oneOf('vfio-pci', 'vfio-ccw', 'vfio-ap'), {
              doc: 'What QEMU drives it with.',
              missing: 'hostdev/mdev-without-model',
            }),
            display: optional(onOff, { doc: 'Show what the device draws.' }),
            ramfb: optional(onOff, { doc: 'A frame buffer before the driver runs.' }),
          },
          children: { source: requiredChild(mdevSource) },
        },
      }),
      teaming: child(teaming),
      readonly: flag({ doc: 'The guest cannot write to the device.' }),
      shareable: flag({ doc: 'Other guests may have the device too.' }),
      ...deviceInfo,
    },
  },
  { settle: settleHostdev },
)

/** Source: oracle (11.3, 12.8). */
const ofScsi = ['sgio', 'rawio']

/** Only SCSI devices are read-only or shared, and a cryptographic adapter has no place. Oracle: libvirt 11.3, 12.8. */
function settleHostdev(settling: Settling): void {
  const { fields, node, error } = settling
  if (fields.type === 'mdev' && fields.model === 'vfio-ap') fields.address = undefined
  if (fields.type !== 'scsi') {
    fields.readonly = undefined
    fields.shareable = undefined
  }
  const { type } = fields
  if (type !== undefined && type !== 'scsi') refuseScsiAttributes(`${type}`, settling)
  const mayHave = type === undefined || type === 'mdev' || type === 'scsi_host'
  if (mayHave || !node.attributes.some(({ name }) => name === 'model')) return
  error({
    code: 'hostdev/model',
    message: `A host device of the type ${type} has no model.`,
    hint: 'Remove model; the driver of the host is named by <driver model>.',
    attribute: 'model',
  })
}

function refuseScsiAttributes(type: string, { node, error }: Settling): void {
  for (const { name } of node.attributes) {
    if (!ofScsi.includes(name)) continue
    error({
      code: 'hostdev/scsi-attribute',
      message: `A host device of the type ${type} has no ${name}: SCSI commands are for SCSI devices.`,
      hint: `Remove ${name}.`,
      attribute: name,
    })
  }
}

export type Hostdev = Infer<typeof hostdev>
export type HostdevOf<T extends Hostdev['type']> = Extract<Hostdev, { type: T }>
