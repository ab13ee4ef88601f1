import type { Hostdev, HostdevOf } from '../../devices/hostdev/element.ts'
import type { Plan } from '../plan.ts'
import type { Show, Shown } from './device.ts'
import { addHostFunction } from './host-function.ts'

const hex = (id: number | undefined) => id?.toString(16).padStart(4, '0')

function host(title: string): Shown['leads'] {
  return (plan, id) => plan.link(id, plan.outside({ id: `host:${title}`, group: 'host', title }), 'is')
}

const shown: { readonly [T in Hostdev['type']]: (device: HostdevOf<T>, plan: Plan) => Shown } = {
  pci: ({ source, driver }) => ({
    facts: [driver?.name],
    leads: (plan, id) => addHostFunction(plan, id, source.address),
  }),
  usb: ({ source }) => {
    const ids = [hex(source.vendor?.id), hex(source.product?.id)].filter((it) => it !== undefined).join(':')
    const at = source.address && `bus ${source.address.bus} device ${source.address.device}`
    return { leads: host(`USB ${[ids, at].filter((it) => it).join(' ')}`) }
  },
  scsi: ({ source }) => ({
    driveBus: 'scsi',
    leads: host(source.protocol === 'iscsi' ? `iSCSI ${source.name}` : `SCSI ${source.adapter.name}`),
  }),
  scsi_host: ({ source }) => ({ leads: host(`vhost-scsi ${source.wwpn}`) }),
  mdev: ({ source, model }) => ({ facts: [model], leads: host(`mdev ${source.address.uuid}`) }),
}

export const showHostdev: Show<'hostdev'> = (device, plan) => {
  const one = (shown[device.type] as (device: object, plan: Plan) => Shown)(device, plan)
  return { name: device.type, ...one }
}
