import { choice, element, type Infer } from '../../codec/element.ts'
import { child, optional, required, textChild, withDefault } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { newer, nonEmpty, oneOf } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { virtioModel } from '../../fragments/virtio-model.ts'
import { driver } from './driver.ts'
import { pcihole64, pciVariant } from './pci-element.ts'
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

const usbMaster = element(
  'master',
  'Makes a companion: the ports it takes over from the EHCI controller of its index.',
  {
    attributes: { startport: required(integer(), { doc: 'First of its ports, from 0.' }) },
  },
)

const plainBus = {} as const

/** Their buses know no models, not even an empty one (oracle: 11.3, 12.8). */
const modelless: ReadonlySet<unknown> = new Set(['fdc', 'sata', 'ccid', 'isa', 'xenbus', 'nvme'])

export const controller = element(
  'controller',
  'A controller: a bus that devices sit on.',
  {
    attributes: {
      type: withDefault(
        newer(oneOf('ide', 'fdc', 'scsi', 'sata', 'virtio-serial', 'ccid', 'usb', 'pci', 'xenbus', 'isa', 'nvme'), {
          nvme: '11.5',
        }),
        'ide',
        { doc: 'The kind of bus.' },
      ),
      index: optional(integer({ max: 0x7fffffff }), {
        doc: 'Number that addresses of devices refer to; the lowest free one where absent.',
      }),
    },
    children: {
      by: choice('type', {
        ide: {
          attributes: {
            model: optional(oneOf('piix3', 'piix4', 'ich6'), { doc: 'The chip; QEMU has the one of the board.' }),
          },
        },
        fdc: plainBus,
        sata: plainBus,
        ccid: plainBus,
        isa: plainBus,
        xenbus: {
          attributes: {
            maxGrantFrames: optional(integer(), { doc: 'Xen: frames of memory that guests may grant to each other.' }),
            maxEventChannels: optional(integer(), { doc: 'Xen: channels for interrupts.' }),
          },
        },
        nvme: { children: { serial: textChild(nonEmpty, { doc: 'Serial number of the controller and its disks.' }) } },
        scsi: scsiVariant,
        'virtio-serial': {
          attributes: {
            model: optional(virtioModel, { doc: 'Kind of virtio device.' }),
            ports: optional(integer({ max: 2147483647 }), { doc: 'How many ports it has.' }),
            vectors: optional(integer({ max: 2147483647 }), { doc: 'Number of interrupt vectors.' }),
          },
        },
        usb: {
          attributes: {
            model: optional(usbModels, { doc: 'The device; none: the guest has no USB.' }),
            ports: optional(integer(), { doc: 'Number of ports (nec-xhci, qemu-xhci), up to 15.' }),
          },
        },
        pci: pciVariant,
      }),
      driver: child(driver),
      alias: plainDeviceInfo.alias,
      master: child(usbMaster, { doc: 'Of a USB companion.' }),
      acpi: plainDeviceInfo.acpi,
      address: plainDeviceInfo.address,
      pcihole64: child(pcihole64, { doc: 'Of a root of PCI.' }),
    },
  },
  {
    settle: ({ fields, node, error }) => {
      if (modelless.has(fields.type) && node.attributes.some(({ name }) => name === 'model')) {
        error({
          code: 'controller/model-of-none',
          message: `There is one kind of ${fields.type} controller, so it has no model.`,
          hint: 'Remove model.',
          attribute: 'model',
        })
      }
      // Read of PCI controllers only.
      if (fields.type !== 'pci') fields.pcihole64 = undefined
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
