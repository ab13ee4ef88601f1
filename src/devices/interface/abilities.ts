import type { When } from '../../diagnostic/diagnostic.ts'
import { dated } from '../../release/dated.ts'
import type { Interface, InterfaceType } from './element.ts'

/** What only some types of connection can do. */
export interface Wish {
  readonly code: string
  /** As a noun. */
  readonly what: string
  /** The object that asks for it. */
  readonly asked: (device: Interface) => object | undefined
  /** The field of that object. */
  readonly field?: string
  /** The types that have it. */
  readonly types: readonly InterfaceType[]
  readonly when?: When
  readonly hint?: string
}

const bridged = ['network', 'bridge'] as const
const taps = [...bridged, 'ethernet'] as const

/** How a message calls a card. */
export function interfaceName(device: Interface): string {
  return `Card ${device.mac?.address ?? ''}`.trimEnd()
}

/** Bridges of the kernel tag frames, too (formatdomain, "Setting VLAN tag"). */
export const bridgesTag = dated(false, ['11.0', true])

/** Source of the lists: formatdomain, "Network interfaces"; each row is one of its remarks on who supports what. */
export const wishes: readonly Wish[] = [
  {
    code: 'interface/tap-device',
    what: 'tap to take from a device file',
    asked: ({ backend }) => (backend?.tap === undefined ? undefined : backend),
    field: 'tap',
    types: taps,
    when: 'start',
  },
  {
    code: 'interface/vhost-device',
    what: 'vhost to take from a device file',
    asked: ({ backend }) => (backend?.vhost === undefined ? undefined : backend),
    field: 'vhost',
    types: [...taps, 'direct'],
    when: 'start',
  },
  {
    code: 'interface/passt-type',
    what: 'passt',
    asked: ({ backend }) => (backend?.type === 'passt' ? backend : undefined),
    field: 'type',
    types: ['user'],
    hint: "passt is a backend of <interface type='user'>.",
  },
  {
    code: 'interface/queues-type',
    what: 'several queues',
    asked: (device) => (device.type === 'hostdev' || !device.driver?.queues ? undefined : device.driver),
    field: 'queues',
    types: [...taps, 'direct', 'vhostuser', 'vdpa'],
    when: 'start',
  },
  {
    code: 'interface/mtu',
    what: 'MTU to set',
    asked: ({ mtu }) => mtu,
    types: [...taps, 'vhostuser'],
  },
  { code: 'interface/coalesce', what: 'interrupts to coalesce', asked: ({ coalesce }) => coalesce, types: bridged },
  {
    code: 'interface/isolated-port',
    what: 'port to isolate',
    asked: ({ port }) => (port?.isolated ? port : undefined),
    field: 'isolated',
    types: bridged,
  },
  {
    code: 'interface/virtualport',
    what: 'virtual port',
    asked: ({ virtualport }) => virtualport,
    types: [...bridged, 'direct', 'hostdev'],
  },
  {
    code: 'interface/unmanaged-target',
    what: 'tap that is taken as it is',
    asked: ({ target }) => (target?.managed === undefined ? undefined : target),
    field: 'managed',
    types: ['ethernet'],
  },
  {
    code: 'interface/script',
    what: 'script',
    asked: ({ script }) => script,
    types: taps,
    when: 'start',
  },
  {
    code: 'interface/downscript',
    what: 'script for its end',
    asked: ({ downscript }) => downscript,
    types: ['ethernet'],
  },
]
