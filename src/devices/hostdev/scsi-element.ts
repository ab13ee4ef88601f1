import { element } from '../../codec/element.ts'
import { child, many, optional, required, requiredChild } from '../../codec/field.ts'
import { big, integer } from '../../codec/number.ts'
import { nonEmpty, oneOf, text, yesNo } from '../../codec/scalar.ts'
import { host, initiator } from '../../fragments/storage-source/network.ts'
import { auth } from '../../fragments/storage-source/secret.ts'

const adapter = element('adapter', 'The SCSI adapter of the host.', {
  attributes: { name: required(nonEmpty, { doc: 'Its name in sysfs: scsi_host0.' }) },
})

const lun = element('address', 'Where the device is on the adapter.', {
  attributes: {
    bus: required(integer(), { doc: 'Channel.' }),
    target: required(integer(), { doc: 'SCSI id.' }),
    unit: required(big(), { doc: 'LUN.' }),
  },
})

const scsiSource = element(
  'source',
  'A SCSI device of the host by its adapter, or a LUN of an iSCSI server.',
  {
    attributes: {
      protocol: optional(oneOf('adapter', 'iscsi'), {
        doc: 'iscsi: by the network; adapter where absent.',
        omit: (it) => it === 'adapter',
      }),
      name: optional(text, { doc: 'iSCSI: name of the target, a slash, the LUN.' }),
    },
    children: {
      adapter: child(adapter),
      address: child(lun),
      host: many(host),
      auth: child(auth),
      initiator: child(initiator),
    },
  },
  {
    settle: ({ fields, error }) => {
      if (fields.protocol === 'iscsi') {
        if (typeof fields.name !== 'string') {
          error({
            code: 'hostdev/iscsi-without-name',
            message: 'The iSCSI device has no name.',
            hint: "Add name='iqn…/1'.",
          })
        } else if (!fields.name.includes('/')) fields.name = `${fields.name}/0`
      } else if (fields.adapter === undefined || fields.address === undefined) {
        error({
          code: 'hostdev/scsi-without-address',
          message: 'The SCSI device needs an adapter and an address on it.',
          hint: "Add <adapter name='scsi_host0'/> and <address bus='0' target='0' unit='0'/>.",
        })
      }
    },
  },
)

export const scsiVariant = {
  attributes: {
    sgio: optional(oneOf('filtered', 'unfiltered'), { doc: 'Whether SCSI commands are filtered.' }),
    rawio: optional(yesNo, { doc: 'The guest may send raw SCSI commands.' }),
  },
  children: { source: requiredChild(scsiSource) },
} as const

const vhostSource = element('source', "A target of the host kernel's vhost-scsi.", {
  attributes: {
    protocol: required(oneOf('vhost')),
    wwpn: required(nonEmpty, { doc: 'World wide port name: naa.…', missing: 'hostdev/scsi-host-without-wwpn' }),
  },
})

export const scsiHostVariant = {
  attributes: {
    model: optional(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional'), {
      doc: 'Model of the virtio device.',
    }),
  },
  children: { source: requiredChild(vhostSource) },
} as const
