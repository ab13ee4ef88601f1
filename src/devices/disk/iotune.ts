import { element, type Infer } from '../../codec/element.ts'
import { textChild } from '../../codec/field.ts'
import { nonEmpty } from '../../codec/scalar.ts'
import { lengths, limits, type Rate, rates } from '../../fragments/io-limits.ts'

export const iotune = element(
  'iotune',
  "Limits of the disk's throughput.",
  {
    children: {
      ...limits,
      group_name: textChild(nonEmpty, { doc: 'Disks of one group share the limits.' }),
      ...lengths,
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
