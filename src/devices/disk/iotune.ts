import { element, type Infer } from '../../codec/element.ts'
import { textChild } from '../../codec/field.ts'
import { big, unsetAtZero } from '../../codec/number.ts'
import { nonEmpty } from '../../codec/scalar.ts'

/** 0 limits nothing. */
const limit = (doc: string) => textChild(unsetAtZero(big()), { doc })

/** The six rates that can be limited, in output order. */
export const rates = [
  'total_bytes_sec',
  'read_bytes_sec',
  'write_bytes_sec',
  'total_iops_sec',
  'read_iops_sec',
  'write_iops_sec',
] as const
export type Rate = (typeof rates)[number]

export const iotune = element(
  'iotune',
  "Limits of the disk's throughput.",
  {
    children: {
      total_bytes_sec: limit('Bytes a second.'),
      read_bytes_sec: limit('Bytes read a second.'),
      write_bytes_sec: limit('Bytes written a second.'),
      total_iops_sec: limit('Operations a second.'),
      read_iops_sec: limit('Reads a second.'),
      write_iops_sec: limit('Writes a second.'),
      total_bytes_sec_max: limit('Bytes a second in a burst.'),
      read_bytes_sec_max: limit('Bytes read a second in a burst.'),
      write_bytes_sec_max: limit('Bytes written a second in a burst.'),
      total_iops_sec_max: limit('Operations a second in a burst.'),
      read_iops_sec_max: limit('Reads a second in a burst.'),
      write_iops_sec_max: limit('Writes a second in a burst.'),
      size_iops_sec: limit('Bytes that count as one operation.'),
      group_name: textChild(nonEmpty, { doc: 'Disks of one group share the limits.' }),
      total_bytes_sec_max_length: limit('Seconds that a burst of bytes may last.'),
      read_bytes_sec_max_length: limit('Seconds that a burst of read bytes may last.'),
      write_bytes_sec_max_length: limit('Seconds that a burst of written bytes may last.'),
      total_iops_sec_max_length: limit('Seconds that a burst of operations may last.'),
      read_iops_sec_max_length: limit('Seconds that a burst of reads may last.'),
      write_iops_sec_max_length: limit('Seconds that a burst of writes may last.'),
    },
  },
  { omitEmpty: true },
)

export type Iotune = Infer<typeof iotune>

/** QEMU's names of the six rates (QEMU: block_set_io_throttle). */
const namesOfRates: { readonly [R in Rate]: string } = {
  total_bytes_sec: 'bps',
  read_bytes_sec: 'bps_rd',
  write_bytes_sec: 'bps_wr',
  total_iops_sec: 'iops',
  read_iops_sec: 'iops_rd',
  write_iops_sec: 'iops_wr',
}

/** The limits as QEMU's monitor takes them; 0 where there is none. */
export function limitsOf(it: Iotune): { readonly [name: string]: number | string } {
  const limits: { [name: string]: number | string } = {}
  for (const rate of rates) {
    const name = namesOfRates[rate]
    limits[name] = Number(it[rate] ?? 0n)
    const most = it[`${rate}_max`]
    const length = it[`${rate}_max_length`]
    if (most !== undefined) limits[`${name}_max`] = Number(most)
    if (length !== undefined) limits[`${name}_max_length`] = Number(length)
  }
  if (it.size_iops_sec !== undefined) limits.iops_size = Number(it.size_iops_sec)
  if (it.group_name !== undefined) limits.group = it.group_name
  return limits
}
