import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { printSmp } from './argv.ts'
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
        if (count.placement !== undefined) return
        const follows = count.cpuset === undefined && context.definition.numatune?.memory?.placement === 'auto'
        context.set(count, 'placement', follows ? 'auto' : 'static', reason)
      },
    },
  ],
  argv: { smp: printSmp },
} satisfies Section
