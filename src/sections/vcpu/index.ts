import { of, rule } from '../../argv/piece.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { vcpu } from './element.ts'

export const vcpuSection = {
  basic: [
    {
      name: 'vcpu/one',
      apply: (context) => {
        const reason = defaultRule('vcpu/one')
        if (context.definition.vcpu === undefined)
          context.set(context.definition, 'vcpu', vcpu.create({ value: 1 }), reason)
        const count = context.definition.vcpu!
        if (count.placement === undefined) context.set(count, 'placement', 'static', reason)
      },
    },
  ],
  argv: {
    smp: (context, out) => {
      const { vcpu: count } = context.definition
      const total = count?.value ?? 1
      out.option('-smp', [
        { text: `${count?.current ?? total}`, from: count ? of(count, 'value') : rule('vcpu/one') },
        { text: `,sockets=${total},cores=1,threads=1`, from: rule('vcpu/one-core-sockets') },
      ])
    },
  },
} satisfies Section
