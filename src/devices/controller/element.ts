import { choice, element, type Infer } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { cNumber, hex, integer } from '../../codec/number.ts'
import { nonEmpty, oneOf, onOff } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { virtioModel } from '../../fragments/virtio-device.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'
import { pciVariant } from './pci-element.ts'
import { scsiVariant } from './scsi-element.ts'

const usbModels = oneOf(
  'piix3-uhci',
  'piix4-uhci',
  'ehci',
  'ich9-ehci1',
  'ich9-uhci1',
  'ich9-uhci2',
  'ich9-uhci3',
  'vt82c686b-uhci',
  'pci-ohci',
  'nec-xhci',
  'qusb1',
  'qusb2',
  'qemu-xhci',
  'none',
)

const virtioDriverOptions = element('driver', 'Options of virtio.', { attributes: virtioOptions }, { omitEmpty: true })

const usbMaster = element(
  'master',
  'Makes a companion: the ports it takes over from the EHCI controller of its index.',
  {
    attributes: { startport: required(integer(), { doc: 'First of its ports, from 0.' }) },
  },
)

const plainBus = {} as const

export const controller = element(
  'controller',
  'A controller: a bus that devices sit on.',
  {
    attributes: {
      type: required(oneOf('ide', 'fdc', 'scsi', 'sata', 'virtio-serial', 'ccid', 'usb', 'pci', 'xenbus', 'isa'), {
        doc: 'The kind of bus.',
      }),
      index: optional(integer(), {
        doc: 'Number that addresses of devices refer to; the lowest free one where absent.',
      }),
    },
    children: {
      by: choice('type', {
        ide: { attributes: { model: optional(oneOf('piix3', 'piix4', 'ich6')) } },
        fdc: plainBus,
        sata: plainBus,
        ccid: plainBus,
        isa: plainBus,
        xenbus: plainBus,
        scsi: scsiVariant,
        'virtio-serial': {
          attributes: {
            model: optional(virtioModel),
            ports: optional(integer({ max: 2147483647 }), { doc: 'How many ports it has.' }),
            vectors: optional(integer({ max: 2147483647 }), { doc: 'Number of interrupt vectors.' }),
          },
          children: { driver: child(virtioDriverOptions) },
        },
        usb: {
          attributes: {
            model: optional(usbModels, { doc: 'The device; none: the guest has no USB.' }),
            ports: optional(integer(), { doc: 'Number of ports (nec-xhci, qemu-xhci), up to 15.' }),
          },
        },
        pci: pciVariant,
      }),
      alias: plainDeviceInfo.alias,
      master: child(usbMaster, { doc: 'Of a USB companion.' }),
      acpi: plainDeviceInfo.acpi,
      address: plainDeviceInfo.address,
    },
  },
  {
    unbuilt: { children: ['driver'], attributes: ['maxGrantFrames', 'maxEventChannels'] },
    settle: ({ fields, error }) => {
      if (fields.master === undefined || fields.type === 'usb') return
      error({
        code: 'controller/master-without-usb',
        message: `Only USB controllers have companions; ${fields.type === undefined ? 'this one has no type' : `this one is of type ${fields.type}`}.`,
        hint: 'Remove <master>.',
      })
    },
  },
)

export type Controller = Infer<typeof controller>
export type ControllerOf<T extends Controller['type']> = Extract<Controller, { type: T }>
export type PciController = ControllerOf<'pci'>
