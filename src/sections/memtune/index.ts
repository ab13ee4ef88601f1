import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { launchMemtune } from './launch.ts'

function refuseGuarantee(context: Context): void {
  const guarantee = context.definition.memtune?.min_guarantee
  if (!guarantee?.value) return
  context.error({
    code: 'memtune/min-guarantee',
    message: 'A guest of QEMU cannot be guaranteed memory.',
    hint: 'Remove <min_guarantee>.',
    at: guarantee,
  })
}

/** The kernel refuses a sum below its part once the guest runs; the domain can be defined all the same. */
export const memtuneSection = {
  validate: (context) => {
    const { memtune } = context.definition
    refuseGuarantee(context)
    const hard = memtune?.hard_limit?.value
    const swap = memtune?.swap_hard_limit
    if (hard === undefined || swap?.value === undefined || swap.value >= hard) return
    context.warn({
      code: 'memtune/swap-below-hard-limit',
      message: 'Memory and swap together are limited to less than memory alone.',
      hint: 'Raise swap_hard_limit to at least hard_limit.',
      at: swap,
    })
  },
  launch: launchMemtune,
} satisfies Section
