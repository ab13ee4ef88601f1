import { element, type Infer } from '../../codec/element.ts'
import { child, optional } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { yesNo } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { virtioModel } from '../../fragments/virtio-model.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

/** 0 to 2 are the hypervisor, the machine itself and the host (linux: vsock(7)). */
export const firstGuestCid = 3

export const cid = element('cid', 'The address of the guest.', {
  attributes: {
    auto: optional(yesNo, { doc: 'yes: libvirt chooses it at each start.' }),
    address: optional(integer({ min: firstGuestCid }), { doc: 'Its number.', invalid: 'vsock/cid' }),
  },
})

const driver = element('driver', 'Options of virtio.', { attributes: virtioOptions }, { omitEmpty: true })

/** formatdomain, "Vsock". */
export const vsock = element('vsock', 'Sockets between the host and the guest.', {
  attributes: { model: optional(virtioModel, { doc: 'Kind of device; virtio where absent.' }) },
  children: { cid: child(cid), ...plainDeviceInfo, driver: child(driver) },
})

export type Vsock = Infer<typeof vsock>
