import type { InferShape } from '../codec/element.ts'
import { textChild } from '../codec/field.ts'
import { big, unsetAtZero } from '../codec/number.ts'

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

/** Limits of a disk, and of a group of disks (formatdomain, iotune, throttlegroup). */
export const limits = {
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
} as const

/** How long bursts may last; they stand after the limits. */
export const lengths = {
  total_bytes_sec_max_length: limit('Seconds that a burst of bytes may last.'),
  read_bytes_sec_max_length: limit('Seconds that a burst of read bytes may last.'),
  write_bytes_sec_max_length: limit('Seconds that a burst of written bytes may last.'),
  total_iops_sec_max_length: limit('Seconds that a burst of operations may last.'),
  read_iops_sec_max_length: limit('Seconds that a burst of reads may last.'),
  write_iops_sec_max_length: limit('Seconds that a burst of writes may last.'),
} as const

export type Limits = InferShape<{ children: typeof limits & typeof lengths }>
