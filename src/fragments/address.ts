import type { Settling } from '../codec/description.ts'
import { choice, element, type Infer } from '../codec/element.ts'
import { child, optional, required, withDefault } from '../codec/field.ts'
import { base16, bigBase16, hex, integer, unsetAtZero, wrapping } from '../codec/number.ts'
import { oneOf, onOff, pattern, type Scalar } from '../codec/scalar.ts'
import { isUnsetPci, pciAddressAttributes } from './pci-address.ts'

const zpci = element('zpci', 'The s390x identity of a PCI function.', {
  attributes: {
    uid: optional(hex(4, { max: 0xffff }), { doc: 'User-defined identifier, unique in the guest; 0x0001 to 0xffff.' }),
    fid: optional(hex(8), { doc: 'Function identifier, unique in the guest.' }),
  },
})

/** A USB port path: `1`, `1.2`, up to five levels. */
const usbPath = pattern(/^\d+(\.\d+){0,3}$/, 'a USB port path such as 1 or 1.2')

/** The same, where port 0 says nothing. */
const usbPort: Scalar<string | undefined> = {
  ...usbPath,
  parse: (raw) => (/^0+$/.test(raw) ? undefined : usbPath.parse(raw)),
  format: (port) => port ?? '0',
}

/** What is given in parts is none (libvirt 11.3 and 12.8 asked, of devices that are nowhere near a channel too). */
function settleCcw(fields: Settling['fields'], error: Settling['error']): void {
  const parts = ['cssid', 'ssid', 'devno']
  const given = parts.filter((part) => fields[part] !== undefined)
  if (given.length === 0 || given.length === parts.length) return
  for (const part of parts) fields[part] = undefined
  error({
    code: 'address/ccw-partial',
    message: `A CCW address is cssid, ssid and devno together; here stands ${given.join(' and ')} alone.`,
    hint: 'Give all three, or none.',
  })
}

export const address = element(
  'address',
  'Where the guest sees the device.',
  {
    attributes: {
      type: required(
        oneOf(
          'pci',
          'drive',
          'virtio-serial',
          'ccid',
          'usb',
          'spapr-vio',
          'virtio-s390',
          'ccw',
          'virtio-mmio',
          'isa',
          'dimm',
          'unassigned',
        ),
        { doc: 'Kind of bus; unassigned: the guest does not see the device.' },
      ),
    },
    children: {
      by: choice('type', {
        pci: {
          attributes: {
            ...pciAddressAttributes,
            multifunction: optional(onOff, { doc: 'Further functions share the slot.' }),
          },
          children: { zpci: child(zpci) },
        },
        drive: {
          attributes: {
            controller: withDefault(wrapping(), 0, { doc: 'Index of the disk controller.' }),
            bus: withDefault(wrapping(), 0, { doc: 'Bus of the controller.' }),
            target: withDefault(wrapping(), 0, { doc: 'SCSI target.' }),
            unit: withDefault(wrapping(), 0, { doc: 'Unit (LUN) on the bus.' }),
          },
        },
        'virtio-serial': {
          attributes: {
            controller: withDefault(wrapping(), 0, { doc: 'Index of the virtio-serial controller.' }),
            bus: withDefault(wrapping(), 0, { doc: 'Always 0.' }),
            port: withDefault(wrapping(), 0, { doc: 'Port of the controller; the next free one where 0.' }),
          },
        },
        ccid: {
          attributes: {
            controller: withDefault(wrapping(), 0, { doc: 'Index of the reader.' }),
            slot: withDefault(wrapping(), 0, { doc: 'Slot of the reader.' }),
          },
        },
        usb: {
          attributes: {
            bus: withDefault(wrapping(), 0, { doc: 'Index of the USB controller.' }),
            port: optional(usbPort, {
              keepsEmpty: true,
              doc: 'Port of the bus; of hubs behind it.',
              invalid: 'address/usb-bad-port',
            }),
          },
        },
        'spapr-vio': {
          attributes: { reg: optional(bigBase16(8), { doc: 'Register, in hexadecimal.' }) },
        },
        'virtio-s390': {},
        ccw: {
          attributes: {
            cssid: optional(hex(1, { max: 0xfe }), { doc: 'Channel subsystem; 0xfe is where virtio devices are.' }),
            ssid: optional(hex(1, { max: 3 }), { doc: 'Subchannel set.' }),
            devno: optional(hex(4, { max: 0xffff }), { doc: 'Device number.' }),
          },
        },
        'virtio-mmio': {},
        isa: {
          attributes: {
            iobase: optional(unsetAtZero(base16(1)), { doc: 'First I/O port.' }),
            irq: optional(unsetAtZero(base16(1)), { doc: 'Interrupt line.' }),
          },
        },
        dimm: {
          attributes: {
            slot: required(integer(), { doc: 'Slot of the board, from 0.' }),
            base: optional(unsetAtZero(bigBase16(1)), {
              doc: "Where the module begins in the guest's physical memory.",
            }),
          },
        },
        unassigned: {},
      }),
    },
  },
  {
    ignored: { children: ['vf-token'] },
    settle: ({ fields, node, error }) => {
      if (fields.type === 'ccw') settleCcw(fields, error)
      if (fields.type === 'virtio-s390') {
        error({
          code: 'address/virtio-s390',
          message: 'The bus of that name is gone; it never had places.',
          hint: 'Remove <address>.',
        })
      }
      if (fields.type === 'pci') {
        const isUnset = isUnsetPci(fields)
        for (const part of ['domain', 'bus', 'slot', 'function'])
          fields[part] = isUnset ? undefined : (fields[part] ?? 0)
      }
      if (!node.children.some((it) => it.kind === 'element' && it.local === 'vf-token')) return
      error({
        code: 'hostdev/vf-token-on-guest-address',
        message:
          "<vf-token> stands on the guest's address: it opens the host function, so it belongs to the source address.",
        hint: 'Move it into <source><address …>.',
      })
    },
  },
)

export type Address = Infer<typeof address>
export type AddressType = Address['type']
export type AddressOf<K extends AddressType> = Extract<Address, { type: K }>
export type PciGuestAddress = AddressOf<'pci'>
