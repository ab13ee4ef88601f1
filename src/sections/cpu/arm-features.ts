import type { Context } from '../../context/context.ts'
import type { DomainRule } from '../../context/unit.ts'
import { type CpuFacts, cpuFacts, cpuFamily } from '../../cpu-facts/cpu-facts.ts'
import { defaultRule } from '../../origin/origin.ts'
import { type Cpu, feature } from './element.ts'

function armFacts({ arch, plan }: Context): CpuFacts | undefined {
  return cpuFamily(arch) === 'arm' ? cpuFacts(arch, plan.release) : undefined
}

/** `sve512`: a vector length of the Scalable Vector Extension. */
const isVectorLength = ({ name }: Cpu['feature'][number]): boolean => /^sve\d+$/.test(name)

/** Naming vector lengths asks for the extension itself (formatdomain, "CPU model and topology": ARM features). */
export const sveByVectorLengths: DomainRule = {
  name: 'cpu/sve',
  doc: 'Arm: vector lengths ask for sve itself.',
  apply: (context) => {
    const { cpu } = context.definition
    if (cpu === undefined || armFacts(context) === undefined || !cpu.feature.some(isVectorLength)) return
    if (cpu.feature.some(({ name }) => name === 'sve')) return
    context.insert(cpu.feature, feature.create({ policy: 'require', name: 'sve' }), defaultRule('cpu/sve'))
  },
}

/** Arm features have no model to be judged by: beside their names, the vector lengths are all there is to check. */
export function checkArmFeatures(cpu: Cpu, context: Context): void {
  const facts = armFacts(context)
  if (facts === undefined) return
  const sve = cpu.feature.find(({ name }) => name === 'sve')
  const isOff = sve?.policy === 'disable' || sve?.policy === 'forbid'
  for (const it of cpu.feature) {
    if (isOff && isVectorLength(it)) {
      context.error({
        code: 'cpu/sve-disabled',
        message: `The vector length ${it.name} is named, but sve itself is off.`,
        hint: 'Remove the vector lengths, or turn sve on.',
        at: it,
        field: 'name',
      })
    }
  }
}
