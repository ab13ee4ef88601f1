import type { Override, Overrides } from '../argv/command-line.ts'
import { of } from '../argv/piece.ts'
import type { PropertyScalar } from '../argv/properties.ts'
import { withChanges } from '../capabilities/changes.ts'
import { type Flag, isFlag } from '../capabilities/flags.ts'
import { isRetired } from '../capabilities/retired.ts'
import type { Context } from '../context/context.ts'
import type { Domain } from '../definition.ts'
import { dated } from '../release/dated.ts'

type Property = NonNullable<NonNullable<Domain['override']>['device'][number]['frontend']>['property'][number]

const readers: { readonly [T in Property['type']]: (value: string) => PropertyScalar | undefined } = {
  string: (value) => value,
  unsigned: (value) => BigInt(value),
  signed: (value) => BigInt(value),
  bool: (value) => value === 'true',
  remove: () => undefined,
}

/** `<qemu:override>`: properties by the alias of their device (drvqemu, "Overriding properties of QEMU devices"). */
export function overridesOf({ definition }: Context): Overrides {
  const overrides = new Map<string, Override[]>()
  for (const { alias, frontend } of definition.override?.device ?? []) {
    const properties = (frontend?.property ?? []).map(
      (it): Override => ({ name: it.name, value: readers[it.type](it.value ?? ''), from: of(it, 'value', 'type') }),
    )
    overrides.set(alias, [...(overrides.get(alias) ?? []), ...properties])
  }
  return overrides
}

/** When a name that libvirt does not know is refused (oracle: 11.3, 12.8). */
const unknownAt = dated<{ readonly when?: 'start' }>({ when: 'start' }, ['12.8', {}])

/** `<qemu:capabilities>`: holds from the start on; the definition was made with what QEMU really has. */
export function changeCapabilities(context: Context): void {
  const { capabilities: changes } = context.definition
  if (changes === undefined) return
  const flagsIn = (items: readonly { readonly capability: string }[]): Flag[] =>
    items.flatMap((item) => {
      if (isFlag(item.capability)) return [item.capability]
      const place = { hint: 'Check its spelling, or remove it.', at: item, field: 'capability' } as const
      if (isRetired(item.capability)) {
        const message = `"${item.capability}" is no capability that a command line depends on.`
        context.warn({ code: 'qemu/unknown-capability', message, ...place })
      } else {
        const message = `libvirt knows no capability "${item.capability}".`
        context.error({ code: 'qemu/no-such-capability', message, ...place, ...context.plan.at(unknownAt) })
      }
      return []
    })
  context.useCapabilities(
    withChanges(context.capabilities, { add: flagsIn(changes.add), remove: flagsIn(changes.del) }),
  )
}
