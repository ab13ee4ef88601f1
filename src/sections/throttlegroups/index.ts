import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import { signed } from '../../argv/signed.ts'
import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { lengths, limits, rates } from '../../fragments/io-limits.ts'
import { checkTotals } from '../../parts/io-limits.ts'
import type { ThrottleGroup } from './element.ts'

const groupsOf = ({ definition }: Context) => definition.throttlegroups?.throttlegroup ?? []

/** QEMU: throttle-group, its names of limits. `total_bytes_sec_max` is `bps-total-max` there. */
function limitName(field: keyof typeof limits | keyof typeof lengths): string {
  if (field === 'size_iops_sec') return 'iops-size'
  const [, which, what, rest = ''] = /^(total|read|write)_(bytes|iops)_sec(.*)$/.exec(field) ?? []
  return `${what === 'bytes' ? 'bps' : 'iops'}-${which}${rest.replaceAll('_', '-')}`
}

/** All limits, 0 where there is none; lengths of bursts where they are said. Undefined of a group that limits nothing. */
function limitsOf(group: ThrottleGroup): Properties | undefined {
  const properties = new Properties()
  const list = Object.keys(limits) as (keyof typeof limits)[]
  const spans = Object.keys(lengths) as (keyof typeof lengths)[]
  if ([...list, ...spans].every((field) => group[field] === undefined)) return undefined
  for (const field of list) properties.put(limitName(field), signed(group[field]) ?? 0n, of(group, field))
  for (const field of spans) {
    properties.put(limitName(field), signed(group[field]), of(group, field))
  }
  return properties
}

function printGroups(context: Context, out: CommandLineBuilder): void {
  for (const group of groupsOf(context)) {
    const values = limitsOf(group)
    if (values === undefined) continue
    out.object(
      new Properties()
        .put('qom-type', 'throttle-group', rule('throttlegroups/object'))
        .put('id', `throttle-${group.group_name}`, of(group, 'group_name'))
        .put('limits', values, of(group, rates[0])),
    )
  }
}

function checkGroups(context: Context): void {
  const names = new Set<string>()
  for (const group of groupsOf(context)) {
    checkTotals(group, 'group', context)
    if (names.has(group.group_name)) {
      context.error({
        code: 'throttlegroups/duplicate-name',
        message: `Two groups of limits are called ${group.group_name}.`,
        hint: 'Give each a name of its own.',
        at: group,
        field: 'group_name',
      })
    }
    names.add(group.group_name)
  }
}

export const throttlegroupsSection = {
  validate: checkGroups,
  argv: { objects: printGroups },
} satisfies Section
