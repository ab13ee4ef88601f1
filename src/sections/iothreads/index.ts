import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import { signed } from '../../argv/signed.ts'
import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { iothread } from './element.ts'

const reason = defaultRule('iothreads/ids')

/** Where threads are listed, count and list come to agree: the list is filled with the lowest free numbers. */
function fillIds(context: Context): void {
  const { definition } = context
  const { iothreadids } = definition
  if (iothreadids === undefined) return
  if (iothreadids.iothread.length === 0) {
    context.set(definition, 'iothreadids', undefined, reason)
    return
  }
  const list = iothreadids.iothread
  const wanted = definition.iothreads ?? 0
  if (wanted < list.length) context.set(definition, 'iothreads', list.length, reason)
  const used = new Set(list.map(({ id }) => id))
  for (let id = 1; list.length < wanted; id++) if (!used.has(id)) context.insert(list, iothread.create({ id }), reason)
}

function iothreadArgv(context: Context, out: CommandLineBuilder): void {
  const listed = context.definition.iothreadids?.iothread ?? []
  for (const thread of listed) {
    const properties = new Properties()
      .put('qom-type', 'iothread', rule('iothreads/object'))
      .put('id', `iothread${thread.id}`, of(thread, 'id'))
      .field('thread-pool-min', thread, 'thread_pool_min')
      .field('thread-pool-max', thread, 'thread_pool_max')
    if (thread.poll) {
      properties
        .put('poll-max-ns', signed(thread.poll.max), of(thread.poll, 'max'))
        .put('poll-grow', signed(thread.poll.grow), of(thread.poll, 'grow'))
        .put('poll-shrink', signed(thread.poll.shrink), of(thread.poll, 'shrink'))
        .field('poll-weight', thread.poll, 'weight')
    }
    out.object(properties)
  }
  if (listed.length > 0) return
  for (const id of context.iothreadIds) {
    out.object(
      new Properties()
        .put('qom-type', 'iothread', rule('iothreads/object'))
        .put('id', `iothread${id}`, of(context.definition, 'iothreads')),
    )
  }
}

/** `-object main-loop`: the pool of QEMU's own thread. */
function mainLoopArgv(context: Context, out: CommandLineBuilder): void {
  const { defaultiothread } = context.definition
  if (defaultiothread === undefined) return
  const { thread_pool_min: min, thread_pool_max: max } = defaultiothread
  if (min === undefined && max === undefined) return
  out.object(
    new Properties()
      .put('qom-type', 'main-loop', rule('iothreads/main-loop'))
      .put('id', 'main-loop', rule('iothreads/main-loop'))
      .field('thread-pool-min', defaultiothread, 'thread_pool_min')
      .field('thread-pool-max', defaultiothread, 'thread_pool_max'),
  )
}

function checkPools(context: Context): void {
  const { definition, capabilities } = context
  const seen = new Set<number>()
  for (const thread of definition.iothreadids?.iothread ?? []) {
    if (seen.has(thread.id)) {
      context.error({
        code: 'iothreads/duplicate-id',
        message: `There are two iothreads with id ${thread.id}.`,
        hint: 'Give each a number of its own.',
        at: thread,
        field: 'id',
      })
    }
    seen.add(thread.id)
    if (thread.poll?.weight !== undefined && !capabilities.has('iothread.poll-weight')) {
      context.error({
        code: 'iothreads/poll-weight-unsupported',
        message: "This QEMU cannot weigh an iothread's polling (capability iothread.poll-weight).",
        hint: 'Use QEMU 11.0 or later, or remove weight.',
        at: thread.poll,
        field: 'weight',
      })
    } else if ((thread.poll?.weight ?? 0) > largestWeight) {
      context.error({
        code: 'iothreads/poll-weight-range',
        message: `An interval of polling weighs at most ${largestWeight}.`,
        hint: `Write a number from 0 to ${largestWeight}.`,
        at: thread.poll!,
        field: 'weight',
      })
    }
  }
  const pools = [
    ...(definition.iothreadids?.iothread ?? []),
    ...(definition.defaultiothread ? [definition.defaultiothread] : []),
  ]
  for (const pool of pools) {
    const { thread_pool_min: min, thread_pool_max: max } = pool
    if (min !== undefined && (max === undefined || min > max)) {
      context.error({
        code: 'iothreads/pool-size',
        message:
          max === undefined
            ? `The thread pool has at least ${min} threads, and no most.`
            : `The thread pool has at least ${min} and at most ${max} threads: that cannot be.`,
        hint: max === undefined ? 'Add thread_pool_max.' : 'Swap the two.',
        at: pool,
        field: 'thread_pool_min',
      })
    }
    if ((min !== undefined || max !== undefined) && !capabilities.has('iothread.thread-pool-max')) {
      context.error({
        code: 'iothreads/pool-unsupported',
        message: "This QEMU cannot set the size of an iothread's pool (capability iothread.thread-pool-max).",
        hint: 'Use QEMU 7.1 or later, or remove thread_pool_min and thread_pool_max.',
        at: pool,
      })
    }
  }
}

/** What libvirt 12.8 takes (asked). */
const largestWeight = 63

export const iothreadsSection = {
  basic: [
    {
      name: 'iothreads/ids',
      doc: 'Threads that are counted but not listed get the lowest free numbers.',
      apply: fillIds,
    },
  ],
  validate: checkPools,
  argv: { objects: iothreadArgv, 'main-loop': mainLoopArgv },
} satisfies Section
