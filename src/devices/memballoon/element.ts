import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { cNumber } from '../../codec/number.ts'
import { oneOf, onOff } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

const stats = element(
  'stats',
  'Statistics of the guest.',
  {
    attributes: {
      period: optional(cNumber({ min: -0x80000000, max: 0x7fffffff }), {
        doc: 'Seconds between two readings; 0: none.',
        omit: (it) => it <= 0,
      }),
    },
  },
  { omitEmpty: true },
)

const driver = element('driver', 'Options of a virtio device.', { attributes: virtioOptions }, { omitEmpty: true })

export const memballoon = element(
  'memballoon',
  'Takes back memory that the guest does not need.',
  {
    attributes: {
      model: required(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional', 'none', 'xen'), {
        doc: 'Kind of balloon; none: no balloon.',
        invalid: 'memballoon/model',
      }),
      autodeflate: optional(onOff, { doc: 'Gives memory back before the guest kills a process for want of it.' }),
      freePageReporting: optional(onOff, { doc: 'Tells the host which pages are free.' }),
    },
    children: {
      stats: child(stats),
      ...plainDeviceInfo,
      driver: child(driver),
    },
  },
  {
    settle: ({ fields }) => {
      if (fields.model === 'none') for (const part of ['alias', 'acpi', 'address']) fields[part] = undefined
    },
  },
)

export type Memballoon = Infer<typeof memballoon>
