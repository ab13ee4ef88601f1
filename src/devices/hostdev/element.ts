import { choice, element, type Infer } from '../../codec/element.ts'
import { child, flag, optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { cNumber, hex } from '../../codec/number.ts'
import { oneOf, onOff, yesNo } from '../../codec/scalar.ts'
import { uuid } from '../../codec/uuid.ts'
import { deviceInfo } from '../../fragments/device-info.ts'
import { hostDriver } from '../../fragments/host-pci.ts'
import { hostPciAddress } from '../../fragments/pci-address.ts'
import { teaming } from '../../fragments/teaming.ts'
import { scsiHostVariant, scsiVariant } from './scsi-element.ts'

const pciSource = element('source', 'The host function.', {
  attributes: {
    writeFiltering: optional(yesNo, { doc: "Whether the guest's writes to configuration space are filtered (Xen)." }),
  },
  children: { address: requiredChild(hostPciAddress, { missing: 'hostdev/missing-address' }) },
})

const usbId = (name: string, doc: string) =>
  element(name, doc, { attributes: { id: required(hex(4, { max: 0xffff })) } })

const usbAddress = element('address', 'Where the device is plugged into the host.', {
  attributes: {
    bus: required(cNumber(), { doc: 'USB bus of the host.', missing: 'hostdev/usb-address' }),
    device: required(cNumber(), { doc: 'Device on the bus.', missing: 'hostdev/usb-address' }),
  },
})

const usbSource = element('source', 'The host USB device: by vendor and product, by address, or both.', {
  attributes: {
    startupPolicy: optional(oneOf('mandatory', 'requisite', 'optional'), {
      doc: 'What happens where the device is not there.',
    }),
    guestReset: optional(oneOf('off', 'uninitialized', 'on'), {
      doc: 'Whether a reset by the guest reaches the device.',
    }),
  },
  children: {
    vendor: child(usbId('vendor', 'USB vendor.')),
    product: child(usbId('product', 'USB product.')),
    address: child(usbAddress),
  },
})

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

export const hostdev = element('hostdev', 'A device of the host given to the guest.', {
  attributes: {
    mode: withDefault(oneOf('subsystem', 'capabilities'), 'subsystem', {
      doc: 'subsystem: a device on a bus; capabilities is for containers only.',
    }),
    type: required(oneOf('pci', 'usb', 'scsi', 'scsi_host', 'mdev'), { doc: 'The bus of the host.' }),
    managed: withDefault(yesNo, false, { doc: 'Detach it from its host driver automatically.' }),
  },
  children: {
    by: choice('type', {
      pci: { children: { driver: child(hostDriver), source: requiredChild(pciSource), teaming: child(teaming) } },
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
          ramfb: optional(onOff, { doc: 'A frame buffer before the driver runs; needs display.' }),
        },
        children: { source: requiredChild(mdevSource) },
      },
    }),
    readonly: flag({ doc: 'The guest cannot write to the device.' }),
    shareable: flag({ doc: 'Other guests may have the device too.' }),
    ...deviceInfo,
  },
})

export type Hostdev = Infer<typeof hostdev>
export type HostdevOf<T extends Hostdev['type']> = Extract<Hostdev, { type: T }>
