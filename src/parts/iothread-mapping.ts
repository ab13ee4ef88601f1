import { of } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { Context } from '../context/context.ts'
import type { IothreadMapping } from '../fragments/iothread-mapping.ts'

/** `iothread-vq-mapping`: which I/O thread serves which virtqueues; without queues QEMU spreads them. */
export function iothreadMapping(threads: IothreadMapping | undefined): Properties[] | undefined {
  if (threads === undefined || threads.iothread.length === 0) return undefined
  return threads.iothread.map((thread) => {
    const properties = new Properties().put('iothread', `iothread${thread.id}`, of(thread, 'id'))
    if (thread.queue.length === 0) return properties
    const queues = thread.queue.map(({ id }) => id)
    return properties.put('vqs', queues, of(thread, 'queue'))
  })
}

interface Mapped {
  readonly queues: number | undefined
  readonly iothread: number | undefined
  readonly iothreads: IothreadMapping | undefined
}

/**
 * Each virtqueue has one I/O thread; all threads name their queues or none does (formatdomain, `<driver><iothreads>`).
 * @param of whose driver it is: codes tell
 */
export function checkIothreadMapping(driver: Mapped, of: 'disk' | 'controller', context: Context): void {
  const { iothread: single, iothreads: threads, queues } = driver
  if (threads === undefined) return
  const isDisk = of === 'disk'
  if (single !== undefined) {
    context.error({
      code: isDisk ? 'disk/iothread-twice' : 'controller/iothread-twice',
      message: `The ${of} names one I/O thread and a list of them.`,
      hint: 'Keep either iothread or <iothreads>.',
      at: driver,
      field: 'iothread',
    })
  }
  const list = threads.iothread
  const seen = new Set<number>()
  for (const thread of list) {
    if (seen.has(thread.id)) {
      context.error({
        code: isDisk ? 'disk/iothread-doubled' : 'controller/iothread-doubled',
        message: `I/O thread ${thread.id} stands twice in the list.`,
        hint: 'Name each once.',
        at: thread,
      })
    }
    seen.add(thread.id)
  }
  const mapped = list.filter(({ queue }) => queue.length > 0)
  if (mapped.length === 0) return
  if (mapped.length < list.length) {
    context.error({
      code: isDisk ? 'disk/iothread-queues-mixed' : 'controller/iothread-queues-mixed',
      message: 'Some I/O threads name their virtqueues, others do not.',
      hint: 'Give every <iothread> its <queue> elements, or none.',
      at: threads,
    })
  }
  if (queues === undefined) {
    context.error({
      code: isDisk ? 'disk/iothread-queues-unknown' : 'controller/iothread-queues-unknown',
      message: 'Virtqueues are spread, but how many there are is not said.',
      hint: "Add queues='…' to <driver>.",
      at: driver,
    })
    return
  }
  const numbers = mapped.flatMap(({ queue }) => queue.map(({ id }) => id))
  if (numbers.length === queues && new Set(numbers).size === queues && numbers.every((id) => id < queues)) return
  context.error({
    code: isDisk ? 'disk/iothread-queues' : 'controller/iothread-queues',
    message: `The ${queues} virtqueues are not spread so that each has one I/O thread.`,
    hint: `Name each of 0 to ${queues - 1} once.`,
    at: threads,
  })
}
