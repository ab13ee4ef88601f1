import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required, requiredChild } from '../../codec/field.ts'
import { unsetAtZero, wrapping } from '../../codec/number.ts'
import { oneOf } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

const backend = element('backend', 'Who computes.', {
  attributes: {
    model: required(oneOf('builtin', 'lkcf'), { doc: "builtin: QEMU's own code; lkcf: the host's kernel." }),
    queues: optional(unsetAtZero(wrapping()), { doc: 'Number of queues.' }),
  },
})

const driver = element('driver', 'Options of virtio.', { attributes: virtioOptions }, { omitEmpty: true })

/** formatdomain, "Crypto". */
export const crypto = element('crypto', 'A device that encrypts.', {
  attributes: {
    model: required(oneOf('virtio'), { doc: 'Kind of device.' }),
    type: required(oneOf('qemu'), { doc: 'Where its backend is.' }),
  },
  children: {
    backend: requiredChild(backend, { missing: 'crypto/missing-backend' }),
    driver: child(driver),
    ...plainDeviceInfo,
  },
})

export type Crypto = Infer<typeof crypto>
