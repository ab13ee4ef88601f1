import type { Settling } from '../../codec/description.ts'
import { choice, element } from '../../codec/element.ts'
import { child, many, optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { bigC, cNumber } from '../../codec/number.ts'
import { nonEmpty, oneOf, pattern, yesNo } from '../../codec/scalar.ts'
import { host, initiator } from '../../fragments/storage-source/network.ts'
import { auth } from '../../fragments/storage-source/secret.ts'
import { virtioModel } from '../../fragments/virtio-model.ts'

const adapter = element('adapter', 'A SCSI adapter of the host.', {
  attributes: {
    name: required(nonEmpty, { doc: 'Its name, e.g. scsi_host0.', missing: 'hostdev/scsi-without-adapter' }),
  },
})

const address = element('address', 'Where the LUN is on the adapter.', {
  attributes: {
    bus: required(cNumber(), { missing: 'hostdev/scsi-address', doc: 'Bus (channel) of the adapter.' }),
    target: required(cNumber(), { missing: 'hostdev/scsi-address', doc: 'Target on the bus.' }),
    unit: required(bigC(), { missing: 'hostdev/scsi-address', doc: 'Logical unit of the target.' }),
  },
})

/**
 * A server of a host device is reached by TCP, whatever else is said (oracle: 11.3, 12.8). Of a socket libvirt keeps no
 * name, and does not read its own definition again.
 */
function settleHosts({ fields, error }: Settling): void {
  for (const server of (fields.host ?? []) as { [field: string]: unknown }[]) {
    if (server.transport === 'unix') {
      error({
        code: 'source/transport',
        message: 'A LUN of an iSCSI target is reached by TCP.',
        hint: "Write name='…' and port='…', without a transport.",
      })
    }
    server.transport = undefined
    server.socket = undefined
  }
}

const scsiSource = element(
  'source',
  'The LUN: of an adapter of the host, or of an iSCSI target.',
  {
    attributes: {
      protocol: withDefault(oneOf('adapter', 'iscsi'), 'adapter', {
        doc: 'How the host reaches the LUN.',
        invalid: 'hostdev/scsi-protocol',
        omit: (it) => it === 'adapter',
      }),
    },
    children: {
      by: choice('protocol', {
        adapter: {
          children: {
            adapter: requiredChild(adapter, { missing: 'hostdev/scsi-without-adapter' }),
            address: requiredChild(address, { missing: 'hostdev/scsi-address' }),
          },
        },
        iscsi: {
          attributes: {
            name: required(nonEmpty, { doc: 'Name of the target, and /LUN.', missing: 'hostdev/iscsi-without-name' }),
          },
          children: { host: many(host), auth: child(auth), initiator: child(initiator) },
        },
      }),
    },
  },
  { settle: settleHosts },
)

/** A LUN of the host: `<hostdev type='scsi'>`. */
export const scsiVariant = {
  attributes: {
    sgio: optional(oneOf('filtered', 'unfiltered'), { doc: 'Whether SCSI commands are filtered.' }),
    rawio: optional(yesNo, { doc: 'The guest may send raw SCSI commands.' }),
  },
  children: { source: requiredChild(scsiSource) },
} as const

const scsiHostSource = element('source', 'A vhost-scsi target of the host.', {
  attributes: {
    protocol: required(oneOf('vhost'), {
      doc: 'How the guest reaches the target.',
      missing: 'hostdev/scsi-host-protocol',
      invalid: 'hostdev/scsi-host-protocol',
    }),
    wwpn: required(pattern(/^naa\.[0-9a-fA-F]{16}$/, 'naa. and sixteen hexadecimal digits'), {
      doc: 'World wide port name of the target.',
      missing: 'hostdev/wwpn',
      invalid: 'hostdev/wwpn',
    }),
  },
})

/** A SCSI target that the host's kernel serves: `<hostdev type='scsi_host'>`. */
export const scsiHostVariant = {
  attributes: {
    model: optional(virtioModel, { doc: 'Model of the virtio device.' }),
  },
  children: { source: requiredChild(scsiHostSource) },
} as const
