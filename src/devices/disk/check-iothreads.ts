import type { Context } from '../../context/context.ts'
import type { Driver } from './driver.ts'
import type { Disk } from './element.ts'

type Threads = NonNullable<Driver['iothreads']>

/** I/O threads that share the virtqueues of a disk: each queue has one thread. */
export function checkIothreads({ driver, address }: Disk, context: Context): void {
  if (driver === undefined) return
  const { iothread, iothreads } = driver
  if ((iothread ?? iothreads) !== undefined && address?.type === 'virtio-mmio') {
    context.error({
      code: 'disk/iothread-address',
      message: 'An I/O thread serves disks on PCI and ccw, not on virtio-mmio.',
      hint: 'Remove the I/O thread.',
      at: driver,
    })
  }
  if (iothreads) checkMapping(iothreads, driver, context)
}

/** formatdomain, `<driver><iothreads>`: all threads name their queues or none does. */
function checkMapping(threads: Threads, driver: Driver, context: Context): void {
  const list = threads.iothread
  const refuse = (code: string, message: string, hint: string, at: object) =>
    context.error({ code: `disk/${code}`, message, hint, at })
  const seen = new Set<number | undefined>()
  for (const thread of list) {
    if (seen.has(thread.id)) {
      refuse('iothread-doubled', `I/O thread ${thread.id} stands twice in the list.`, 'Name each once.', thread)
    }
    seen.add(thread.id)
  }
  const mapped = list.filter(({ queue }) => queue.length > 0)
  if (mapped.length === 0) return
  const { queues } = driver
  if (mapped.length < list.length) {
    const hint = 'Give every <iothread> its <queue> elements, or none.'
    refuse('iothread-queues-mixed', 'Some I/O threads name their virtqueues, others do not.', hint, threads)
  }
  if (queues === undefined) {
    const hint = "Add queues='…' to <driver>."
    refuse('iothread-queues-unknown', 'Virtqueues are spread, but how many there are is not said.', hint, driver)
    return
  }
  const numbers = mapped.flatMap(({ queue }) => queue.map(({ id }) => id ?? 0))
  const free = Array.from({ length: queues }, (_, id) => id).filter((id) => !numbers.includes(id))
  if (numbers.length !== queues || free.length > 0) {
    const message = `The ${queues} virtqueues are not spread so that each has one I/O thread.`
    refuse('iothread-queues', message, `Name each of 0 to ${queues - 1} once.`, threads)
  }
}
