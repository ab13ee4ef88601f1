import { capabilityFlag } from '../../capabilities/origin.ts'
import type { Context } from '../../context/context.ts'
import type { DomainRule } from '../../context/unit.ts'
import { cpuFamily } from '../../cpu-facts/cpu-facts.ts'
import { defaultRule, machineFact } from '../../origin/origin.ts'
import { type Cpu, cpu as cpuElement, model } from './element.ts'
import { keepsModel } from './settle.ts'

/**
 * The model a guest gets that names none: what the machine type has by itself. undefined where QEMU tells no model of
 * that type, and on Arm under KVM, which runs no other CPU than the host's.
 */
function machineModel({ capabilities, accelerator, arch, definition }: Context): string | undefined {
  const type = capabilities.machine(definition.os.type.machine ?? '', accelerator)?.defaultCpu
  // An architecture whose CPUs libvirt does not know keeps what QEMU chooses.
  if (type === undefined || arch === 'ppc') return undefined
  if (accelerator === 'kvm' && cpuFamily(arch) === 'arm') return undefined
  const models = capabilities.cpuModels(accelerator)
  return models.find((candidate) => candidate.type === type)?.name
}

function modeOf(name: string, { machine, definition }: Context): NonNullable<Cpu['mode']> {
  if (name === 'max') return 'maximum'
  if (name !== 'host') return 'custom'
  return machine.hostCpuMode?.(definition.os.type.machine ?? '') ?? 'host-passthrough'
}

/** The processor that the machine type has by itself, where the XML names none. */
export const machineDefault: DomainRule = {
  name: 'cpu/machine-default',
  doc: 'The model that the machine type has by itself.',
  apply: (context) => {
    const { cpu } = context.definition
    if (cpu !== undefined && !isNameless(cpu)) return
    const name = machineModel(context)
    if (name === undefined) return
    const reason = machineFact('default CPU of the machine type')
    const target = cpu ?? context.made(cpuElement.create({}), reason)
    if (cpu === undefined) context.set(context.definition, 'cpu', target, reason)
    const mode = modeOf(name, context)
    context.set(target, 'mode', mode, reason)
    if (mode !== 'custom') return forgetNameless(target, mode, context)
    context.set(target, 'match', 'exact', reason)
    context.set(target, 'check', 'none', reason)
    if (target.model === undefined)
      context.set(target, 'model', context.made(model.create({ value: name }), reason), reason)
    else context.set(target.model, 'value', name, reason)
    context.set(target.model!, 'fallback', 'forbid', reason)
  },
}

/** What the host decides has no match, and no model that its mode does not keep: as where the mode is written. */
function forgetNameless(target: Cpu, mode: Cpu['mode'], context: Context): void {
  const reason = defaultRule('cpu/machine-default')
  if (target.match !== undefined) context.set(target, 'match', undefined, reason)
  if (target.model && !keepsModel(mode, target.model)) context.set(target, 'model', undefined, reason)
}

const isNameless = ({ mode = 'custom', model }: Cpu) => mode === 'custom' && model?.value === undefined

/** What would say how to follow a model says nothing where there is none; what compares it is refused (`checkComparison`). */
export const withoutModel: DomainRule = {
  name: 'cpu/without-model',
  doc: 'A processor without a model keeps its topology, its cells and a vendor string.',
  apply: (context) => {
    const { cpu } = context.definition
    if (cpu === undefined || cpu.check !== undefined || !isNameless(cpu)) return
    const { model, topology, numa, cache, maxphysaddr } = cpu
    const reason = defaultRule('cpu/without-model')
    const vendor = model?.vendor_id
    const isEmpty = vendor === undefined && !topology && !numa && !cache && !maxphysaddr
    if (isEmpty) return context.set(context.definition, 'cpu', undefined, reason)
    for (const key of ['mode', 'match', 'deprecated_features'] as const) context.set(cpu, key, undefined, reason)
    if (vendor === undefined) context.set(cpu, 'model', undefined, reason)
  },
}

/** How the CPU that the guest gets is compared with the one asked for, where the XML leaves it open. */
function defaultCheck(mode: NonNullable<Cpu['mode']>, context: Context): NonNullable<Cpu['check']> {
  if (mode === 'host-model') return 'partial'
  return mode === 'custom' && context.accelerator === 'kvm' ? 'partial' : 'none'
}

export const checkDefault: DomainRule = {
  name: 'cpu/check',
  doc: 'How exactly QEMU must give the CPU that is asked for: by its mode.',
  apply: (context) => {
    const { cpu } = context.definition
    if (cpu?.mode === undefined || cpu.check !== undefined) return
    context.set(cpu, 'check', defaultCheck(cpu.mode, context), defaultRule('cpu/check'))
  },
}

export const migratableDefault: DomainRule = {
  name: 'cpu/migratable',
  doc: 'host-passthrough leaves out what cannot migrate, where QEMU can.',
  apply: (context) => {
    const { cpu } = context.definition
    if (cpu?.mode !== 'host-passthrough' || cpu.migratable !== undefined) return
    if (context.capabilities.has('cpu.migratable')) {
      context.set(cpu, 'migratable', true, capabilityFlag('cpu.migratable'))
    }
  },
}
