import type { Context } from '../../context/context.ts'
import { formatRanges } from '../../fragments/number-ranges.ts'
import { defaultRule } from '../../origin/origin.ts'
import type { Cputune } from './element.ts'
import type { Energytune, Group, Memorytune } from './resctrl-element.ts'

const reason = defaultRule('cputune/resctrl')
const typeOrder = ['both', 'code', 'data']

export const wholeProcess = 'process'

/** One text for one set of CPUs: groups of the same set are one group of the kernel. */
export const setOf = ({ vcpus }: { readonly vcpus: readonly number[] | undefined }): string =>
  vcpus === undefined ? wholeProcess : formatRanges(vcpus)

export function groupsOf({ cachetune, memorytune, energytune }: Cputune): Group[] {
  return [...cachetune, ...memorytune, ...energytune]
}

/**
 * Groups as libvirt keeps them (oracle: 11.3, 12.8): of the CPUs that the guest can have, none that says nothing, one a
 * set of CPUs and kind, in the order in which the sets came up, caches first.
 */
export function settleGroups(context: Context): void {
  const { cputune, vcpu } = context.definition
  if (cputune === undefined) return
  const { cachetune, memorytune, energytune } = cputune
  for (const groups of [cachetune, memorytune, energytune]) trim<Group>(groups, vcpu?.value ?? 1, context)
  dropEmpty(cachetune, ({ cache, monitor }) => cache.length + monitor.length, context, true)
  dropEmpty(memorytune, ({ node, monitor }) => node.length + monitor.length, context)
  dropEmpty(energytune, ({ monitor }) => monitor.length, context)
  unite<Memorytune>(memorytune, context, (into, from) => {
    context.replace(into.node, [...into.node, ...from.node])
    context.replace(into.monitor, [...into.monitor, ...from.monitor])
  })
  unite<Energytune>(energytune, context, (into, from) =>
    context.replace(into.monitor, [...into.monitor, ...from.monitor]),
  )
  const place = new Map([...new Set(groupsOf(cputune).map(setOf))].map((set, index) => [set, index]))
  const inOrder = <G extends Group>(groups: readonly G[]) =>
    context.replace(
      groups,
      [...groups].sort((a, b) => (place.get(setOf(a)) ?? 0) - (place.get(setOf(b)) ?? 0)),
    )
  inOrder(cachetune)
  inOrder(memorytune)
  inOrder(energytune)
  for (const { cache } of cachetune) {
    const type = (it: { readonly type: string }) => typeOrder.indexOf(it.type)
    const sorted = [...cache].sort((a, b) => a.level - b.level || type(a) - type(b) || a.id - b.id)
    context.replace(cache, sorted)
  }
  for (const { node } of memorytune)
    context.replace(
      node,
      [...node].sort((a, b) => a.id - b.id),
    )
}

/** CPUs that the guest cannot have go, and groups of such alone. A monitor that names none is of its group's. */
function trim<G extends Group>(groups: readonly G[], total: number, context: Context): void {
  for (const group of [...groups]) {
    const { vcpus } = group
    const ours = vcpus?.filter((cpu) => cpu < total)
    if (ours?.length === 0) {
      context.remove(groups, group)
      continue
    }
    if (ours?.length !== vcpus?.length) context.set<Group, 'vcpus'>(group, 'vcpus', ours, reason)
    for (const monitor of group.monitor) {
      const kept = monitor.vcpus?.filter((cpu) => cpu < total) ?? ours
      if (kept?.length !== monitor.vcpus?.length) context.set(monitor, 'vcpus', kept, reason)
    }
  }
}

/** `keepsDouble`: one of the set of another before is kept, to be refused. */
function dropEmpty<G extends Group>(
  groups: readonly G[],
  size: (group: G) => number,
  context: Context,
  keepsDouble = false,
): void {
  const seen = new Set<string>()
  for (const group of [...groups]) {
    if (size(group) > 0) seen.add(setOf(group))
    else if (!keepsDouble || !seen.has(setOf(group))) context.remove(groups, group)
  }
}

function unite<G extends Group>(groups: readonly G[], context: Context, join: (into: G, from: G) => void): void {
  const first = new Map<string, G>()
  for (const group of [...groups]) {
    const into = first.get(setOf(group))
    if (into === undefined) first.set(setOf(group), group)
    else {
      join(into, group)
      context.remove(groups, group)
    }
  }
}
