import type { Context } from '../../context/context.ts'
import type { Cputune } from './element.ts'
import { setOf, wholeProcess } from './resctrl.ts'
import type { Group, Monitor } from './resctrl-element.ts'
import { mixed, twice } from './resctrl-findings.ts'

/**
 * Monitors stand within their group; those of one set of CPUs have the same CPUs or none in common, and one a kind has
 * them. Where something is shared out, one of all its CPUs measures that, and counts with none.
 */
export function checkMonitors(cputune: Cputune, context: Context): void {
  const sharesOut = new Set<string>()
  for (const group of cputune.cachetune) if (group.cache.length > 0) sharesOut.add(setOf(group))
  for (const group of cputune.memorytune) if (group.node.length > 0) sharesOut.add(setOf(group))
  const sets = new Map<string, { kinds: Map<string, Set<string>>; owners: Map<number, string> }>()
  for (const [kind, groups] of Object.entries({
    cache: cputune.cachetune,
    memory: cputune.memorytune,
    energy: cputune.energytune,
  })) {
    for (const group of groups) {
      const known = sets.get(setOf(group)) ?? { kinds: new Map(), owners: new Map() }
      sets.set(setOf(group), known)
      const own = known.kinds.get(kind) ?? new Set()
      known.kinds.set(kind, own)
      for (const monitor of group.monitor) {
        checkPlace(monitor, group, context)
        const set = setOf(monitor)
        if (own.has(set)) twice('Two monitors of one kind have the same CPUs.', 'Keep one of them.', monitor, context)
        own.add(set)
        if (set === setOf(group) && sharesOut.has(set)) continue
        const shared = monitor.vcpus?.find((cpu) => (known.owners.get(cpu) ?? set) !== set)
        for (const cpu of monitor.vcpus ?? []) known.owners.set(cpu, set)
        if (shared !== undefined) overlap(shared, monitor, context)
      }
      const all = [...known.kinds.values()].flatMap((it) => [...it])
      const explicit = group.monitor.find(({ vcpus }) => vcpus !== undefined)
      if (explicit && all.includes(wholeProcess)) mixed(explicit, context)
    }
  }
}

function checkPlace(monitor: Monitor, { vcpus }: Group, context: Context): void {
  if ('level' in monitor && monitor.level !== 3) {
    context.error({
      code: 'cputune/monitor-level',
      message: `What is measured is a cache of level 3, not of ${monitor.level}.`,
      hint: "Write level='3'.",
      at: monitor,
      field: 'level',
    })
  }
  const [outside] = monitor.vcpus?.filter((cpu) => vcpus !== undefined && !vcpus.includes(cpu)) ?? []
  if (monitor.vcpus?.length !== 0 && outside === undefined) return
  context.error({
    code: 'cputune/monitor-outside',
    message:
      outside === undefined
        ? 'The guest has none of the CPUs of the monitor.'
        : `The monitor measures CPU ${outside}, which is not in its group.`,
    hint: 'Name CPUs of the group, or leave vcpus out (libvirt 12.8).',
    at: monitor,
    field: 'vcpus',
  })
}

function overlap(cpu: number, at: object, context: Context): void {
  context.error({
    code: 'cputune/monitors-overlap',
    message: `CPU ${cpu} is in two monitors with other CPUs in each.`,
    hint: 'Monitors of a group have the same CPUs, or none in common.',
    at,
    field: 'vcpus',
  })
}
