import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { printSmp } from './argv.ts'
import { vcpu } from './element.ts'
import { launchVcpus } from './launch.ts'
import { completeSingles } from './singles.ts'
import { validateVcpus } from './validate.ts'

/** True where nothing pins a CPU or thread and the host advises on memory: CPUs then follow the advice. */
function followsMemory({ definition }: Context): boolean {
  const { vcpu: count, numatune, cputune } = definition
  if (numatune?.memory?.placement !== 'auto' || count?.cpuset !== undefined) return false
  return !cputune || (cputune.vcpupin.length === 0 && !cputune.emulatorpin && cputune.iothreadpin.length === 0)
}

export const vcpuSection = {
  basic: [
    {
      name: 'vcpu/one',
      doc: 'One virtual CPU.',
      apply: (context) => {
        const reason = defaultRule('vcpu/one')
        if (context.definition.vcpu === undefined) {
          context.set(context.definition, 'vcpu', vcpu.create({ value: 1 }), reason)
        }
      },
    },
    {
      name: 'vcpu/singles',
      doc: 'A list of single CPUs is completed: those it leaves out come later. As many as it enables are there at start.',
      apply: completeSingles,
    },
    {
      name: 'vcpu/placement',
      doc: 'CPUs are placed as the memory is, or as the XML says.',
      apply: (context) => {
        const count = context.definition.vcpu!
        if (count.placement !== 'auto' && followsMemory(context)) {
          context.set(count, 'placement', 'auto', defaultRule('vcpu/placement-of-memory'))
        } else if (count.placement === undefined) {
          context.set(count, 'placement', 'static', defaultRule('vcpu/placement'))
        }
      },
    },
  ],
  validate: validateVcpus,
  argv: { smp: printSmp },
  launch: launchVcpus,
} satisfies Section
