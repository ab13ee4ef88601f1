import type { Context } from '../../context/context.ts'
import { cpuFacts } from '../../cpu-facts/cpu-facts.ts'
import { didYouMean, onlyMeant } from '../../diagnostic/suggest.ts'
import type { Cpu } from './element.ts'

/**
 * `cpu/unknown-feature` (at the start): a feature that libvirt has no name for, whatever the policy and the mode (oracle: 11.3
 * refuses `disable` and `optional` as well). POWER and s390x have no list of libvirt's own.
 */
export function checkKnownFeatures(cpu: Cpu, context: Context): void {
  if (cpu.feature.length === 0) return
  const facts = cpuFacts(context.arch, context.plan.release)
  if (facts?.family !== 'x86' && facts?.family !== 'arm') return
  for (const it of cpu.feature) {
    if (facts.features.has(it.name)) continue
    const names = [...facts.features.keys()]
    const near = didYouMean(it.name, names)
    const meant = onlyMeant(it.name, names)
    context.error({
      code: 'cpu/unknown-feature',
      message: `libvirt ${context.plan.release} knows no CPU feature ${it.name}.`,
      hint: near ? `Did you mean ${near}?` : 'Remove it, or check its name.',
      at: it,
      field: 'name',
      ...(meant && { fix: { value: meant, safe: false } }),
      when: 'start',
    })
  }
}
