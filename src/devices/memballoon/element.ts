import { element, type Infer } from '../../codec/element.ts'
import { required } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

export const memballoon = element(
  'memballoon',
  'Takes back memory that the guest does not need.',
  {
    attributes: {
      model: required(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional', 'none', 'xen'), {
        doc: 'Kind of balloon; none: no balloon.',
      }),
    },
    children: { ...plainDeviceInfo },
  },
  { unbuilt: { attributes: ['autodeflate', 'freePageReporting'], children: ['stats', 'driver'] } },
)

export type Memballoon = Infer<typeof memballoon>
