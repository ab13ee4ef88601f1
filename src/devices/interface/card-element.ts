import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required, textChild } from '../../codec/field.ts'
import { big, integer, unsetAtZero } from '../../codec/number.ts'
import {
  emptyAsAbsent,
  isProblem,
  nonEmpty,
  oneOf,
  onOff,
  pattern,
  type Scalar,
  text,
  yesNo,
} from '../../codec/scalar.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

const plainMac = pattern(
  /^[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}$/,
  'a MAC address: six hexadecimal bytes with colons between',
  (raw) =>
    raw
      .split(':')
      .map((byte) => byte.padStart(2, '0').toLowerCase())
      .join(':'),
)

/** Other tools write hyphens, dots, or nothing between the bytes. */
const otherForm = /^([0-9a-f]{2}-){5}[0-9a-f]{2}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$|^[0-9a-f]{12}$/i

const macAddress: Scalar<string> = {
  ...plainMac,
  parse: (raw) => {
    const read = plainMac.parse(raw)
    if (!isProblem(read) || !otherForm.test(raw)) return read
    const bytes = raw.toLowerCase().match(/[0-9a-f]{2}/g) ?? []
    return { ...read, meant: bytes.join(':') }
  },
}

/** The same address without the bit that makes it a group's. */
function unicast(address: string): string {
  const first = Number.parseInt(address.slice(0, 2), 16) & 0xfe
  return first.toString(16).padStart(2, '0') + address.slice(2)
}

function refuseMulticast({ fields, error }: Settling): void {
  if (typeof fields.address !== 'string' || (Number.parseInt(fields.address.slice(0, 2), 16) & 1) === 0) return
  error({
    code: 'interface/multicast-mac',
    message: `${fields.address} is the address of a group, not of a card.`,
    hint: `The first byte of a card’s address is even: ${unicast(fields.address)}.`,
    attribute: 'address',
  })
}

function canonicalModel(name: string): string {
  return modelBySmall.get(name.toLowerCase()) ?? name
}

export const mac = element(
  'mac',
  'The hardware address the guest sees.',
  {
    attributes: {
      address: required(macAddress, { keepsEmpty: true, doc: 'Six bytes; made from random bytes where it is absent.' }),
      type: optional(oneOf('generated', 'static'), { doc: "static: kept even where it is in VMware's own range." }),
      check: optional(yesNo, { doc: 'no: VMware does not check the range.' }),
    },
  },
  { settle: refuseMulticast },
)

/** Models that libvirt knows: their case does not matter, and is printed thus. */
const knownModels = [
  'virtio',
  'virtio-transitional',
  'virtio-non-transitional',
  'rtl8139',
  'e1000',
  'e1000e',
  'igb',
  'netfront',
  'usb-net',
  'spapr-vlan',
  'lan9118',
  'smc91c111',
  'vlance',
  'vmxnet',
  'vmxnet2',
  'vmxnet3',
  'Am79C970A',
  'Am79C973',
  '82540EM',
  '82545EM',
  '82543GC',
]
const modelBySmall = new Map(knownModels.map((name) => [name.toLowerCase(), name]))

export const model = element('model', 'The network card.', {
  attributes: {
    type: optional(pattern(/^[a-zA-Z0-9\-_]+$/, 'a name of letters, digits, - and _', canonicalModel), {
      doc: "QEMU's device, or virtio, virtio-transitional, virtio-non-transitional.",
      invalid: 'interface/model-name',
    }),
  },
})

const offloads = ['csum', 'gso', 'tso4', 'tso6', 'ecn', 'ufo'] as const
const offload = (name: string) => optional(onOff, { doc: `Offload ${name}.` })

const host = element(
  'host',
  'Offloads of the host.',
  {
    attributes: {
      csum: offload(offloads[0]),
      gso: offload(offloads[1]),
      tso4: offload(offloads[2]),
      tso6: offload(offloads[3]),
      ecn: offload(offloads[4]),
      ufo: offload(offloads[5]),
      mrg_rxbuf: optional(onOff, { doc: 'Mergeable receive buffers.' }),
    },
  },
  { omitEmpty: true },
)

const guest = element(
  'guest',
  'Offloads of the guest.',
  {
    attributes: {
      csum: offload(offloads[0]),
      tso4: offload(offloads[2]),
      tso6: offload(offloads[3]),
      ecn: offload(offloads[4]),
      ufo: offload(offloads[5]),
    },
  },
  { omitEmpty: true },
)

const queueSize = unsetAtZero(integer())

export const driver = element(
  'driver',
  'Options of a virtio card; without effect on other models.',
  {
    attributes: {
      name: optional(emptyAsAbsent(oneOf('qemu', 'vhost')), {
        doc: 'Who moves the packets: QEMU, or the kernel (vhost).',
      }),
      txmode: optional(oneOf('iothread', 'timer'), { doc: 'What happens when the transmit buffer is full.' }),
      ioeventfd: optional(onOff, { doc: 'Notify QEMU in a thread of its own.' }),
      event_idx: optional(onOff, { doc: 'Fewer interrupts and exits.' }),
      queues: optional(emptyAsAbsent(integer()), {
        doc: 'Pairs of queues; one where absent.',
        invalid: 'interface/queues',
      }),
      rx_queue_size: optional(queueSize, { doc: 'Size of a receive queue: a power of two, 256 to 1024.' }),
      tx_queue_size: optional(queueSize, { doc: 'Size of a transmit queue: a power of two, 256 to 1024.' }),
      rss: optional(onOff, { doc: 'Receive side scaling.' }),
      rss_hash_report: optional(onOff, { doc: 'Packets carry their hash.' }),
      ...virtioOptions,
    },
    children: { host: child(host), guest: child(guest) },
  },
  {
    omitEmpty: true,
    settle: ({ fields }) => {
      if (fields.queues === 0 || fields.queues === 1) fields.queues = undefined
    },
  },
)

export const backend = element(
  'backend',
  'What carries the traffic on the host.',
  {
    attributes: {
      type: optional(oneOf('default', 'passt'), {
        doc: 'passt: user networking by the passt process (type user).',
        omit: (value) => value === 'default',
      }),
      tap: optional(nonEmpty, { doc: 'Device file of taps instead of /dev/net/tun.' }),
      vhost: optional(nonEmpty, { doc: 'Device file of vhost instead of /dev/vhost-net.' }),
      logFile: optional(nonEmpty, { doc: "passt's log." }),
      hostname: optional(nonEmpty, { doc: 'Name that passt gives the guest by DHCP.', since: '11.8' }),
      fqdn: optional(nonEmpty, { doc: 'Full name that passt gives the guest by DHCP.', since: '11.8' }),
    },
  },
  { omitEmpty: true },
)

export const target = element(
  'target',
  "The host's end.",
  {
    attributes: {
      dev: optional(nonEmpty, { doc: 'Name of the network device on the host.' }),
      managed: optional(yesNo, { doc: 'no: an existing tap is taken as it is (type ethernet).' }),
    },
  },
  { omitEmpty: true },
)

export const guestNames = element(
  'guest',
  'Names in a container.',
  {
    attributes: {
      dev: optional(nonEmpty, { doc: "The card's name in the guest." }),
      actual: optional(nonEmpty, { doc: 'The name it has got.' }),
    },
  },
  { omitEmpty: true },
)

const parameter = element('parameter', 'A parameter of the filter.', {
  attributes: { name: optional(nonEmpty, { doc: 'Its name.' }), value: optional(text, { doc: 'Its value.' }) },
})

export const filterref = element(
  'filterref',
  'The filter that traffic must pass.',
  {
    attributes: { filter: required(nonEmpty, { doc: 'Name of a network filter of the host.' }) },
    children: { parameter: many(parameter) },
  },
  {
    // Half a parameter is none (oracle: 11.3, 12.8).
    settle: ({ fields }) => {
      const given = fields.parameter as readonly Infer<typeof parameter>[]
      fields.parameter = given.filter(({ name, value }) => name !== undefined && value !== undefined)
    },
  },
)

export const tune = element(
  'tune',
  'Sizes on the host.',
  { children: { sndbuf: textChild(big(), { doc: 'Send buffer of the tap in bytes.' }) } },
  { omitEmpty: true },
)

export const link = element(
  'link',
  'The state of the link.',
  {
    attributes: { state: optional(emptyAsAbsent(oneOf('up', 'down')), { doc: 'down: as if the cable were out.' }) },
  },
  { omitEmpty: true },
)

export const mtu = element(
  'mtu',
  'The MTU.',
  {
    attributes: { size: required(emptyAsAbsent(unsetAtZero(integer())), { doc: 'Bytes.' }) },
  },
  { omitEmpty: true },
)

const frames = element(
  'frames',
  'Packets a receive interrupt.',
  { attributes: { max: optional(emptyAsAbsent(integer()), { doc: 'Most packets before an interrupt.' }) } },
  {
    omitEmpty: true,
    settle: ({ fields }) => {
      if (fields.max === 0) fields.max = undefined
    },
  },
)

const rx = element('rx', 'When receiving.', { children: { frames: child(frames) } }, { omitEmpty: true })

export const coalesce = element(
  'coalesce',
  'Fewer interrupts of the tap.',
  { children: { rx: child(rx) } },
  { omitEmpty: true },
)

export const script = (name: 'script' | 'downscript', doc: string) =>
  element(name, doc, { attributes: { path: required(nonEmpty, { doc: 'Path of the program.' }) } })
