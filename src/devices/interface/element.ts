import { choice, element, type Infer } from '../../codec/element.ts'
import { child, optional, required, requiredChild } from '../../codec/field.ts'
import { nonEmpty, oneOf, pattern, yesNo } from '../../codec/scalar.ts'
import { deviceInfo } from '../../fragments/device-info.ts'
import { hostDriver } from '../../fragments/host-pci.ts'
import { hostInterfaceAddress } from '../../fragments/pci-address.ts'
import { teaming } from '../../fragments/teaming.ts'

const macAddress = pattern(
  /^[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}$/,
  'a MAC address: six hexadecimal bytes with colons between',
  (raw) =>
    raw
      .split(':')
      .map((byte) => byte.padStart(2, '0').toLowerCase())
      .join(':'),
)

const mac = element('mac', 'The hardware address the guest sees.', {
  attributes: { address: required(macAddress, { doc: 'Six bytes; made from random bytes where it is absent.' }) },
})

const hostdevSource = element('source', 'The host function.', {
  children: { address: requiredChild(hostInterfaceAddress, { missing: 'interface/missing-address' }) },
})

const model = element('model', 'The network card.', { attributes: { type: required(nonEmpty) } })

export const networkInterface = element(
  'interface',
  'A network card.',
  {
    attributes: {
      type: required(oneOf('hostdev', 'user'), { doc: 'What the card is connected to.' }),
      managed: optional(yesNo, { doc: 'Detach the host function from its driver automatically (type hostdev).' }),
    },
    children: {
      mac: child(mac),
      by: choice('type', {
        hostdev: { children: { driver: child(hostDriver), source: requiredChild(hostdevSource) } },
        user: {},
      }),
      teaming: child(teaming),
      model: child(model),
      ...deviceInfo,
    },
  },
  {
    unbuilt: {
      attributes: ['trustGuestRxFilters'],
      children: [
        'backend',
        'bandwidth',
        'coalesce',
        'driver',
        'filterref',
        'guest',
        'ip',
        'link',
        'mtu',
        'port',
        'portForward',
        'route',
        'script',
        'downscript',
        'source',
        'target',
        'tune',
        'virtualport',
        'vlan',
      ],
    },
  },
)

export type Interface = Infer<typeof networkInterface>
export type InterfaceOf<T extends Interface['type']> = Extract<Interface, { type: T }>
