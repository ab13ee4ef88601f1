import type { Context } from '../../context/context.ts'
import type { Cputune } from './element.ts'
import { groupsOf, setOf } from './resctrl.ts'
import type { Cachetune, Memorytune } from './resctrl-element.ts'
import { mixed, twice } from './resctrl-findings.ts'
import { checkMonitors } from './resctrl-monitors.ts'

/** What the kernel's resctrl cannot do, as libvirt refuses it (oracle: 11.3, 12.8). Groups are trimmed and united. */
export function checkGroups(context: Context): void {
  const { cputune, type } = context.definition
  const [first] = cputune === undefined ? [] : groupsOf(cputune)
  if (cputune === undefined || first === undefined) return
  if (type !== 'kvm') {
    context.error({
      code: 'cputune/resctrl-without-kvm',
      message: 'Caches, memory bandwidth and energy are shared out among threads of KVM; this guest is emulated.',
      hint: "Use <domain type='kvm'>, or remove the group.",
      at: first,
    })
  }
  checkSets(cputune, context)
  for (const group of cputune.cachetune) checkCaches(group, context)
  for (const group of cputune.memorytune) checkNodes(group, context)
  checkMonitors(cputune, context)
}

/** The sets of two groups are equal, or have no CPU in common. */
function checkSets(cputune: Cputune, context: Context): void {
  const owners = new Map<number, string>()
  const groups = groupsOf(cputune)
  const named = groups.find(({ vcpus }) => vcpus !== undefined)
  if (named && groups.some(({ vcpus }) => vcpus === undefined)) mixed(named, context)
  for (const group of groups) {
    const shared = group.vcpus?.find((cpu) => (owners.get(cpu) ?? setOf(group)) !== setOf(group))
    for (const cpu of group.vcpus ?? []) owners.set(cpu, setOf(group))
    if (shared === undefined) continue
    context.error({
      code: 'cputune/groups-overlap',
      message: `CPU ${shared} is in two groups of resctrl with other CPUs in each.`,
      hint: 'Groups have the same CPUs, or none in common.',
      at: group,
      field: 'vcpus',
    })
  }
  const seen = new Set<string>()
  for (const group of cputune.cachetune) {
    if (seen.has(setOf(group))) twice('Two <cachetune> have the same CPUs.', 'Keep one of them.', group, context)
    seen.add(setOf(group))
  }
}

/** A part for code and one for data may be of one cache; one for both stands alone. */
function checkCaches({ cache }: Cachetune, context: Context): void {
  const seen = new Map<string, string[]>()
  for (const it of cache) {
    const place = `${it.level} ${it.id}`
    const types = seen.get(place) ?? []
    if (types.some((type) => type === it.type || type === 'both' || it.type === 'both')) {
      twice(`Two parts are of cache ${it.id} of level ${it.level}.`, 'Keep one of them.', it, context)
    }
    seen.set(place, [...types, it.type])
  }
}

function checkNodes({ node }: Memorytune, context: Context): void {
  const seen = new Set<number>()
  for (const it of node) {
    if (seen.has(it.id)) twice(`Two bandwidths are given for node ${it.id}.`, 'Keep one a node.', it, context)
    seen.add(it.id)
  }
}
