import type { Section } from '../../context/unit.ts'

/** Nothing of it is printed: libvirt pins and schedules the threads once they run. */
export const cputuneSection = {
  validate: (context) => {
    const { cputune } = context.definition
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
} satisfies Section
