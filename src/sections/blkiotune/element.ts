import { element, type Infer } from '../../codec/element.ts'
import { many, requiredText, textChild } from '../../codec/field.ts'
import { big, integer, unsetAtZero } from '../../codec/number.ts'
import { nonEmpty } from '../../codec/scalar.ts'

const weight = unsetAtZero(integer())

const device = element('device', 'Limits of one block device of the host.', {
  children: {
    path: requiredText(nonEmpty, { doc: 'The block device.', missing: 'blkiotune/missing-path' }),
    weight: textChild(weight, { doc: 'Relative weight, 100 to 1000; 0: none.' }),
    read_iops_sec: textChild(unsetAtZero(integer()), { doc: 'Most reads a second.' }),
    write_iops_sec: textChild(unsetAtZero(integer()), { doc: 'Most writes a second.' }),
    read_bytes_sec: textChild(unsetAtZero(big()), { doc: 'Most bytes read a second.' }),
    write_bytes_sec: textChild(unsetAtZero(big()), { doc: 'Most bytes written a second.' }),
  },
})

/** Set by cgroups once the guest runs: nothing of it is on the command line (formatdomain, "Block I/O Tuning"). */
export const blkiotune = element(
  'blkiotune',
  'Shares and limits of block I/O on the host.',
  {
    children: { weight: textChild(weight, { doc: "The guest's relative weight, 100 to 1000." }), device: many(device) },
  },
  {
    omitEmpty: true,
    // A device without a limit is not limited.
    settle: ({ fields }) => {
      const devices = fields.device as readonly Infer<typeof device>[]
      fields.device = devices.filter(({ path: _, ...limits }) => Object.values(limits).some(Boolean))
    },
  },
)
