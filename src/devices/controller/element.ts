import { choice, element, type Infer } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { cNumber, hex, integer } from '../../codec/number.ts'
import { nonEmpty, oneOf, onOff } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

const pciModel = element('model', "QEMU's device behind a PCI controller.", {
  attributes: { name: required(nonEmpty) },
})

const pciTarget = element('target', 'Numbers of a PCI controller that the guest sees.', {
  attributes: {
    chassisNr: optional(cNumber({ min: 1, max: 255 })),
    chassis: optional(cNumber({ max: 255 })),
    port: optional(hex(1, { max: 255 })),
    busNr: optional(cNumber({ min: 1, max: 254 })),
    index: optional(cNumber({ max: 30 })),
    hotplug: optional(onOff),
  },
})

const pciModels = oneOf(
  'pci-root',
  'pcie-root',
  'pci-bridge',
  'dmi-to-pci-bridge',
  'pcie-to-pci-bridge',
  'pcie-root-port',
  'pcie-switch-upstream-port',
  'pcie-switch-downstream-port',
  'pci-expander-bus',
  'pcie-expander-bus',
)

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

const scsiModels = oneOf(
  'auto',
  'buslogic',
  'lsilogic',
  'lsisas1068',
  'vmpvscsi',
  'ibmvscsi',
  'virtio-scsi',
  'lsisas1078',
  'ncr53c90',
  'dc390',
  'am53c974',
  'virtio-transitional',
  'virtio-non-transitional',
)

const virtioSerialModels = oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional')

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
      type: required(
        oneOf('ide', 'fdc', 'scsi', 'sata', 'virtio-serial', 'ccid', 'usb', 'pci', 'xenbus', 'isa', 'nvme'),
        {
          doc: 'The kind of bus.',
        },
      ),
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
        nvme: plainBus,
        scsi: { attributes: { model: optional(scsiModels) } },
        'virtio-serial': {
          attributes: {
            model: optional(virtioSerialModels),
            ports: optional(integer({ max: 2147483647 })),
            vectors: optional(integer({ max: 2147483647 })),
          },
        },
        usb: {
          attributes: {
            model: optional(usbModels, { doc: 'The device; none: the guest has no USB.' }),
            ports: optional(integer(), { doc: 'Number of ports (nec-xhci, qemu-xhci), up to 15.' }),
          },
          children: { master: child(usbMaster) },
        },
        pci: {
          attributes: { model: optional(pciModels) },
          children: { modelName: child(pciModel, { name: 'model' }), target: child(pciTarget) },
        },
      }),
      ...plainDeviceInfo,
    },
  },
  { unbuilt: { children: ['driver', 'pcihole64'], attributes: ['maxGrantFrames', 'maxEventChannels'] } },
)

export type Controller = Infer<typeof controller>
export type ControllerOf<T extends Controller['type']> = Extract<Controller, { type: T }>
export type PciController = ControllerOf<'pci'>
