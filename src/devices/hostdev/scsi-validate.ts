import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import { checkIscsiName } from '../../parts/storage-source/validate.ts'
import type { Hostdev, HostdevOf } from './element.ts'

export function checkScsi(device: HostdevOf<'scsi'>, context: Context): void {
  const { address, source } = device
  if (address !== undefined && address.type !== 'drive') {
    context.error({
      code: 'hostdev/scsi-address-type',
      message: `A SCSI host device sits on a SCSI controller: it has no address of type ${address.type}.`,
      hint: "Use type='drive', or leave the address out.",
      at: address,
      field: 'type',
    })
  }
  if (device.sgio === 'unfiltered') {
    context.error({
      code: 'hostdev/sgio-unfiltered',
      message: 'The kernel filters SCSI commands always: sgio cannot be unfiltered.',
      hint: 'Remove sgio.',
      at: device,
      field: 'sgio',
    })
  }
  if (source.protocol !== 'iscsi') return
  checkIscsiName(source, context)
  if (source.host.length !== 1) {
    context.error({
      code: 'hostdev/iscsi-host',
      message: `An iSCSI device has exactly one server, not ${source.host.length}.`,
      hint: "Add <host name='…'/>, once.",
      at: source,
    })
  }
  if (source.auth && source.auth.secret.type !== 'iscsi') {
    context.error({
      code: 'hostdev/iscsi-secret-type',
      message: `iSCSI is opened with a secret of type iscsi, not ${source.auth.secret.type}.`,
      hint: "Write <secret type='iscsi' …/>.",
      at: source.auth.secret,
      field: 'type',
    })
  }
}

export function checkScsiHost(device: HostdevOf<'scsi_host'>, context: Context): void {
  const { address, boot, model } = device
  if (boot !== undefined) {
    context.error({
      code: 'hostdev/scsi-host-boot',
      message: 'A guest cannot boot from a vhost-scsi target: its firmware does not see it.',
      hint: 'Remove <boot>.',
      at: boot,
    })
  }
  if (address !== undefined && !['pci', 'ccw'].includes(address.type)) {
    context.error({
      code: 'hostdev/scsi-host-address-type',
      message: `A vhost-scsi target has no address of type ${address.type}.`,
      hint: 'Leave the address out.',
      at: address,
      field: 'type',
    })
  }
  if (model !== undefined && model !== 'virtio' && address?.type === 'ccw') {
    context.error({
      code: 'hostdev/scsi-host-model',
      message: `The model ${model} is a PCI device.`,
      hint: 'Remove model, or use a PCI address.',
      at: device,
      field: 'model',
    })
  }
}

/** What makes two SCSI host devices the same one. */
export function scsiIdentity(source: HostdevOf<'scsi'>['source']): string {
  if (source.protocol === 'iscsi') return `${source.host[0]?.name}:${source.host[0]?.port ?? ''} ${source.name}`
  const { bus, target, unit } = source.address
  return `${source.adapter.name} ${bus}:${target}:${unit}`
}

export const vhostScsiGate: Gate<Hostdev> = {
  path: 'source',
  needs: 'vhost-scsi',
  code: 'hostdev/vhost-scsi-unsupported',
  what: 'vhost-scsi device',
  hint: 'Use a QEMU that is built with vhost-scsi.',
  when: (device) => (device.type === 'scsi_host' ? device.source : undefined),
}
