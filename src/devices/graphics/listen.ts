import type { Settling } from '../../codec/description.ts'
import { choice, element, type Infer } from '../../codec/element.ts'
import { optional, required } from '../../codec/field.ts'
import { nonEmpty, oneOf, text } from '../../codec/scalar.ts'

export const listen = element(
  'listen',
  'Where a screen waits for clients.',
  {
    attributes: {
      type: required(oneOf('address', 'network', 'socket', 'none'), {
        doc: "A TCP address, the address of one of libvirt's networks, a UNIX socket, or nowhere.",
      }),
    },
    children: {
      by: choice('type', {
        address: {
          attributes: {
            address: optional(text, { doc: "IP address or name; the driver's configuration where absent." }),
          },
        },
        network: {
          attributes: {
            address: optional(text, { doc: 'Taken from the network at a start; not kept.' }),
            network: required(nonEmpty, { doc: 'Name of the network.' }),
          },
        },
        socket: { attributes: { socket: optional(text, { doc: 'Path; made by libvirt where absent.' }) } },
        none: {},
      }),
    },
  },
  { settle: refuseForeign },
)

/** Some attributes are of one type alone, and refused with another (oracle: 11.3, 12.8). */
function refuseForeign({ fields, node, error }: Settling): void {
  for (const { name, value } of node.attributes) {
    if ((name !== 'network' && name !== 'socket') || name === fields.type || value === '') continue
    if (fields.type === undefined) continue
    error({
      code: 'graphics/listen-attribute',
      message: `${name} goes with a <listen> of the type ${name}, not ${fields.type}.`,
      hint: `Remove it, or write type='${name}'.`,
      attribute: name,
    })
  }
}

export type Listen = Infer<typeof listen>
export type ListenOf<T extends Listen['type']> = Extract<Listen, { type: T }>
