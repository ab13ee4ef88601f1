import { element } from '../../codec/element.ts'
import { child, withDefault } from '../../codec/field.ts'
import { big } from '../../codec/number.ts'
import { settleKiB, unit } from '../../fragments/size.ts'

/** From here on a limit means none: VIR_DOMAIN_MEMORY_PARAM_UNLIMITED, in KiB. */
const unlimited = 9_007_199_254_740_991n

function limit(name: string, doc: string) {
  return child(
    element(
      name,
      doc,
      { attributes: { unit: withDefault(unit, 'KiB', { doc: 'Unit of the number; printed as KiB.' }) }, value: big() },
      { settle: settleKiB },
    ),
  )
}

/** Set by cgroups once the guest runs: nothing of it is on the command line (formatdomain, "Memory Tuning"). */
export const memtune = element(
  'memtune',
  "Limits of QEMU's memory on the host.",
  {
    children: {
      hard_limit: limit('hard_limit', 'The most memory that QEMU may use.'),
      soft_limit: limit('soft_limit', 'The most memory where the host runs short.'),
      min_guarantee: limit('min_guarantee', 'What the guest gets in any case (not with QEMU).'),
      swap_hard_limit: limit('swap_hard_limit', 'The most memory and swap together.'),
    },
  },
  {
    settle: ({ fields }) => {
      for (const key of Object.keys(fields)) {
        const value = (fields[key] as { value?: bigint } | undefined)?.value
        // Without a number it is none; no guarantee is given for nothing (oracle: 11.3, 12.8).
        const saysNothing = key === 'min_guarantee' ? value === 0n : value !== undefined && value >= unlimited
        if (value === undefined || saysNothing) fields[key] = undefined
      }
    },
    omitEmpty: true,
  },
)
