import { element } from '../../codec/element.ts'
import { child, many, optional, required, textChild } from '../../codec/field.ts'
import { big, cNumber, integer, unsetAtZero } from '../../codec/number.ts'

const count = integer({ max: 0x7fffffff })

/** libvirt takes any 32-bit number; no guest has use for more threads than a host has processes. */
const mostIothreads = 32768

const poll = element(
  'poll',
  'How long the thread polls before it sleeps.',
  {
    attributes: {
      max: optional(big(), { doc: 'Longest polling, in nanoseconds; 0: never.' }),
      grow: optional(big(), { doc: 'Factor by which polling grows; 0: the default of QEMU.' }),
      shrink: optional(big(), { doc: 'Divisor by which polling shrinks; 0: back to the start.' }),
      weight: optional(cNumber(), {
        doc: 'How much the last interval weighs in the next polling time; 0: the default of QEMU.',
        since: '12.7',
      }),
    },
  },
  { omitEmpty: true },
)

const pool = {
  thread_pool_min: optional(count, { doc: 'Fewest threads of the pool that does blocking work.' }),
  thread_pool_max: optional(integer({ min: 1, max: 0x7fffffff }), { doc: 'Most threads of that pool.' }),
}

const iothread = element('iothread', 'One thread that serves disks and SCSI controllers.', {
  attributes: {
    id: required(integer({ min: 1 }), {
      doc: 'Number that disks refer to, from 1.',
      invalid: 'iothreads/id',
      missing: 'iothreads/id',
    }),
    ...pool,
  },
  children: { poll: child(poll) },
})

const iothreadids = element(
  'iothreadids',
  'The threads one by one.',
  { children: { iothread: many(iothread) } },
  { omitEmpty: true },
)

const defaultiothread = element(
  'defaultiothread',
  "The thread pool of QEMU's main loop.",
  { attributes: pool },
  { omitEmpty: true },
)

/** Threads for disks, in output order (formatdomain, "IOThreads Allocation"). */
export const iothreads = {
  iothreads: textChild(unsetAtZero(integer({ max: mostIothreads })), {
    invalid: 'iothreads/count',
    doc: 'How many threads there are; those that <iothreadids> does not name get the lowest free numbers.',
  }),
  iothreadids: child(iothreadids, { merges: true }),
  defaultiothread: child(defaultiothread),
} as const

export { iothread }
