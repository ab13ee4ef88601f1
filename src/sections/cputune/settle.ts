import type { Settling } from '../../codec/description.ts'

interface Scheduling {
  readonly scheduler?: string
  priority?: number | undefined
}

/** Scheduling is kept thread by thread, as libvirt prints it. */
export function settleCputune(settling: Settling): void {
  const { fields, error } = settling
  split(settling, 'vcpusched', 'vcpus')
  split(settling, 'iothreadsched', 'iothreads')
  const emulator = fields.emulatorsched as Scheduling | undefined
  if (emulator) settlePriority(emulator, error)
  const pins = fields.vcpupin as { vcpu?: number }[]
  fields.vcpupin = [...pins].sort((a, b) => (a.vcpu ?? 0) - (b.vcpu ?? 0))
}

/** Only the real-time schedulers have a priority, and they need one. */
function settlePriority(scheduling: Scheduling, error: Settling['error']): void {
  const realTime = scheduling.scheduler === 'fifo' || scheduling.scheduler === 'rr'
  if (!realTime) scheduling.priority = undefined
  else if (scheduling.priority === undefined) {
    error({
      code: 'cputune/scheduler-without-priority',
      message: `The scheduler ${scheduling.scheduler} needs a priority.`,
      hint: "Add priority='1' (up to 99).",
    })
  }
}

function split({ fields, error }: Settling, list: string, key: string): void {
  const given = fields[list] as (Scheduling & { [key: string]: unknown })[]
  const single = new Map<number, object>()
  for (const scheduling of given) {
    settlePriority(scheduling, error)
    const threads = (scheduling[key] as readonly number[] | undefined) ?? []
    for (const [index, thread] of threads.entries()) {
      if (single.has(thread)) {
        error({
          code: 'cputune/scheduled-twice',
          message: `Two <${list}> elements speak of thread ${thread}.`,
          hint: `Name each number in one <${list}> only.`,
        })
      }
      // The first is the element itself, and so has its place in the XML.
      single.set(thread, Object.assign(index === 0 ? scheduling : { ...scheduling }, { [key]: [thread] }))
    }
  }
  fields[list] = [...single].sort(([a], [b]) => a - b).map(([, scheduling]) => scheduling)
}
