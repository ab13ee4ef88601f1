import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { launchCputune } from './launch.ts'
import { settleGroups } from './resctrl.ts'
import { checkGroups } from './resctrl-checks.ts'

function checkScheduled(context: Context): void {
  const total = context.definition.vcpu?.value ?? 1
  for (const scheduling of context.definition.cputune?.vcpusched ?? []) {
    const beyond = scheduling.vcpus.find((cpu) => cpu >= total)
    if (beyond === undefined) continue
    context.error({
      code: 'cputune/no-such-cpu',
      message: `A scheduler is set for CPU ${beyond}, which the guest has not.`,
      hint: `Its CPUs are 0 to ${total - 1}.`,
      at: scheduling,
    })
  }
}

/** Unlike a pin of a CPU, what is said of a thread that is not there is refused. */
function checkThreads(context: Context): void {
  const { iothreadpin, iothreadsched } = context.definition.cputune ?? {}
  if (!iothreadpin?.length && !iothreadsched?.length) return
  const ids = new Set(context.iothreadIds)
  const refuse = (thread: number | undefined, done: string, at: object, field: string) => {
    if (thread === undefined) return
    context.error({
      code: 'cputune/no-such-iothread',
      message: `The guest has no I/O thread ${thread} that could be ${done}.`,
      hint: ids.size === 0 ? 'Add <iothreads>1</iothreads>.' : `It has ${[...ids].join(', ')}.`,
      at,
      field,
    })
  }
  const missing = (thread: number) => !ids.has(thread)
  for (const pin of iothreadpin ?? []) refuse([pin.iothread].find(missing), 'pinned', pin, 'iothread')
  for (const it of iothreadsched ?? []) refuse(it.iothreads.find(missing), 'scheduled', it, 'iothreads')
}

/** Nothing of it is printed: libvirt pins and schedules the threads once they run. */
export const cputuneSection = {
  implicit: [
    {
      name: 'cputune/pins-without-cpu',
      doc: 'A pin of a CPU that the guest cannot have is dropped.',
      apply: (context) => {
        const total = context.definition.vcpu?.value ?? 1
        const pins = context.definition.cputune?.vcpupin ?? []
        for (const pin of pins.filter(({ vcpu }) => vcpu >= total)) context.remove(pins, pin)
      },
    },
    {
      name: 'cputune/resctrl',
      doc: 'Groups of resctrl are of CPUs that the guest can have, one a set and kind, in order; empty ones go.',
      apply: settleGroups,
    },
  ],
  validate: (context) => {
    const { cputune } = context.definition
    checkScheduled(context)
    checkThreads(context)
    checkGroups(context)
    const seen = new Set<number>()
    for (const pin of cputune?.vcpupin ?? []) {
      if (seen.has(pin.vcpu)) {
        context.error({
          code: 'cputune/pinned-twice',
          message: `CPU ${pin.vcpu} is pinned twice.`,
          hint: 'Keep one <vcpupin> a CPU.',
          at: pin,
        })
      }
      seen.add(pin.vcpu)
    }
  },
  launch: launchCputune,
} satisfies Section
