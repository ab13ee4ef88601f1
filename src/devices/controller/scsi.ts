import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Capabilities } from '../../capabilities/capabilities.ts'
import type { Flag } from '../../capabilities/flags.ts'
import { capabilityFlag } from '../../capabilities/origin.ts'
import type { Context } from '../../context/context.ts'
import type { VirtioModel } from '../../fragments/virtio-model.ts'
import { defaultRule, machineFact, type Origin } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { iothreadMapping } from '../../parts/iothread-mapping.ts'
import { virtioDriver } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import { dated } from '../../release/dated.ts'
import type { ControllerOf } from './element.ts'

export type ScsiController = ControllerOf<'scsi'>
type ScsiModel = NonNullable<ScsiController['model']>

/** QEMU's device of each model and the flag that says it is there. */
export const scsiDevices: { readonly [M in ScsiModel]?: { readonly driver: string; readonly needs?: Flag } } = {
  lsilogic: { driver: 'lsi', needs: 'lsi' },
  lsisas1068: { driver: 'mptsas1068', needs: 'mptsas1068' },
  lsisas1078: { driver: 'megasas', needs: 'megasas' },
  vmpvscsi: { driver: 'pvscsi', needs: 'pvscsi' },
  ibmvscsi: { driver: 'spapr-vscsi' },
  dc390: { driver: 'dc-390', needs: 'dc390' },
  am53c974: { driver: 'am53c974', needs: 'am53c974' },
}

/** The virtio models, by the flavour of their PCI device. */
const flavours: { readonly [M in ScsiModel]?: VirtioModel } = {
  'virtio-scsi': 'virtio',
  'virtio-transitional': 'virtio-transitional',
  'virtio-non-transitional': 'virtio-non-transitional',
}

export function scsiFlavour({ model }: ScsiController): VirtioModel | undefined {
  return model && flavours[model]
}

export function isVirtioScsi(device: ScsiController): boolean {
  return scsiFlavour(device) !== undefined
}

const followsFirst = dated(false, ['12.8', true])

/** The model of the first SCSI controller that has one, which the others take over. */
function modelOfFirst(device: ScsiController, context: Context): readonly [ScsiModel, Origin] | undefined {
  if (!context.plan.at(followsFirst)) return undefined
  const first = context.controllers('scsi').find((it) => it !== device && it.model !== undefined && it.model !== 'auto')
  return first?.model && [first.model, defaultRule('controller/scsi-model')]
}

/**
 * The model where none is given: what the machine is known for; else that of the first controller (oracle: libvirt 12.8,
 * not 11.3); else what this QEMU has.
 */
export function fillScsiModel(device: ScsiController, context: Context): void {
  if (device.model !== undefined && device.model !== 'auto') return
  const { capabilities, machine, plan } = context
  const own = machine.scsiModel && plan.at(machine.scsiModel)
  const found: readonly [ScsiModel, Origin] | undefined = own
    ? [own, machineFact('SCSI controller')]
    : (modelOfFirst(device, context) ?? ofQemu(capabilities))
  if (found) context.set(device, 'model', found[0], found[1])
}

function ofQemu(capabilities: Capabilities): readonly [ScsiModel, Origin] | undefined {
  if (capabilities.has('lsi')) return ['lsilogic', capabilityFlag('lsi')]
  return capabilities.has('virtio-scsi-pci') ? ['virtio-scsi', capabilityFlag('virtio-scsi-pci')] : undefined
}

/** `-device` of a SCSI controller; undefined where it is part of the board. */
export function scsiProperties(device: ScsiController, context: Context): Properties | undefined {
  const { driver: options, model = 'lsilogic' } = device
  if (!isVirtioScsi(device)) {
    const made = scsiDevices[model]
    if (made === undefined) return undefined
    return new Properties()
      .put('driver', made.driver, of(device, 'model'))
      .id(device, context)
      .append(deviceAddress(device, context))
  }
  const name = virtioDriver('virtio-scsi', scsiFlavour(device), device)
  const properties = new Properties().put('driver', name, of(device, 'model')).append(virtioProperties(options))
  if (options?.iothread !== undefined)
    properties.put('iothread', `iothread${options.iothread}`, of(options, 'iothread'))
  properties.id(device, context)
  if (options) {
    properties
      .field('num_queues', options, 'queues')
      .put('iothread-vq-mapping', iothreadMapping(options.iothreads), of(options, 'iothreads'))
      .field('cmd_per_lun', options, 'cmd_per_lun')
      .field('max_sectors', options, 'max_sectors')
      .field('ioeventfd', options, 'ioeventfd')
  }
  return properties.append(deviceAddress(device, context))
}
