import type { Context } from '../../context/context.ts'
import { defaultRule } from '../../origin/origin.ts'
import { single, type Vcpus } from './element.ts'

type Single = Vcpus['vcpu'][number]

const reason = defaultRule('vcpu/singles')

/**
 * Brings `<vcpus>` to one entry a CPU, in their order: of a CPU that stands twice the last entry counts, one that is not
 * listed comes later, and `current` is the number of those that are enabled. An empty list says nothing. Source:
 * libvirt 11.3 and 12.8, asked with 25 lists.
 */
export function completeSingles(context: Context): void {
  const { definition } = context
  const { vcpu: count, vcpus: list } = definition
  if (list === undefined || count === undefined) return
  if (list.vcpu.length === 0) {
    context.set(definition, 'vcpus', undefined, reason)
    return
  }
  const total = count.value ?? 1
  const given = new Map(list.vcpu.map((it) => [it.id, it]))
  for (const it of list.vcpu) if (given.get(it.id) !== it) warnOfTwice(it, context)
  const later = (id: number) => context.made(single.create({ id, enabled: false, hotpluggable: true }), reason)
  const all = Array.from({ length: total }, (_, id) => given.get(id) ?? later(id))
  // One that the guest cannot have stays, to be refused.
  context.replace(list.vcpu, [...all, ...[...given.values()].filter(({ id }) => id >= total)])
  for (const it of list.vcpu) {
    if (it.hotpluggable === undefined) context.set(it, 'hotpluggable', !it.enabled, reason)
  }
  const enabled = list.vcpu.filter((it) => it.enabled).length
  const current = enabled === total ? undefined : enabled
  if (count.current !== current) context.set(count, 'current', current, reason)
}

function warnOfTwice(it: Single, context: Context): void {
  context.warn({
    code: 'vcpu/id-twice',
    message: `CPU ${it.id} stands twice: the later entry counts.`,
    hint: 'List each CPU of the guest once.',
    at: it,
    field: 'id',
  })
}
