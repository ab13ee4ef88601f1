import { isX86 } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'
import { cpuFamily } from '../../cpu-facts/cpu-facts.ts'
import { checkArmFeatures } from './arm-features.ts'
import { checkAgainstHost } from './compare.ts'
import { checkDeprecatedFeatures } from './deprecated-features.ts'
import type { Cpu } from './element.ts'
import { checkKnownFeatures } from './known-features.ts'

export function validateCpu(context: Context): void {
  const { cpu } = context.definition
  if (cpu === undefined) return
  checkMode(cpu, context)
  checkComparison(cpu, context)
  checkDeprecatedFeatures(cpu, context)
  checkTopology(cpu, context)
  checkCache(cpu, context)
  checkPhysicalBits(cpu, context)
  checkKnownFeatures(cpu, context)
  checkArmFeatures(cpu, context)
  checkAgainstHost(cpu, context)
}

function checkMode(cpu: Cpu, context: Context): void {
  const { accelerator, arch } = context
  const native = accelerator !== 'tcg'
  const describable = cpuFamily(arch) === 'x86' || (native && context.machine.hostModel === true)
  const models = context.capabilities.cpuModels(accelerator)
  if (cpu.mode === 'maximum' && models.length > 0 && !models.some(({ name }) => name === 'max')) {
    context.error({
      code: 'cpu/no-maximum',
      message: `This QEMU has no CPU for ${arch} that has all it can offer (CPU model max).`,
      hint: 'Use another mode.',
      at: cpu,
      field: 'mode',
    })
    return
  }
  const refused = (cpu.mode === 'host-passthrough' && !native) || (cpu.mode === 'host-model' && !describable)
  if (!refused) return
  context.error({
    code: 'cpu/mode-unsupported',
    message: `The CPU mode ${cpu.mode} is not there for a guest of ${arch} that runs on ${accelerator}.`,
    hint: native ? "Use mode='host-passthrough'." : "Use <domain type='kvm'>, or mode='maximum'.",
    at: cpu,
    field: 'mode',
    when: 'start',
  })
}

function checkComparison({ mode = 'custom', model, check }: Cpu, context: Context): void {
  if (mode !== 'custom' || model?.value !== undefined || check === undefined) return
  context.error({
    code: 'cpu/check-without-model',
    message: 'check compares the processor with a model, but none is named.',
    hint: 'Add <model>, or leave check out.',
    at: context.definition.cpu!,
    field: 'check',
  })
}

function checkTopology({ topology }: Cpu, context: Context): void {
  const levels = [
    ['dies', 'smp-dies'],
    ['clusters', 'smp-clusters'],
  ] as const
  for (const [level, flag] of levels) {
    if (topology === undefined || topology[level] === 1 || context.capabilities.has(flag)) continue
    context.error({
      code: 'cpu/topology-unsupported',
      message: `This QEMU cannot group CPUs in ${level}.`,
      hint: `Write ${level}='1'.`,
      at: topology,
      field: level,
    })
  }
}

function checkCache({ cache, mode }: Cpu, context: Context): void {
  if (cache === undefined) return
  const refuse = (message: string, hint: string) =>
    context.error({ code: 'cpu/cache-mode', message, hint, at: cache, field: 'mode' })
  if (!isX86(context.arch)) {
    refuse(`The cache of a processor of ${context.arch} cannot be chosen.`, 'Remove <cache>.')
  } else if (cache.mode === 'emulate' && cache.level !== 3) {
    refuse('Only the third level of the cache can be emulated.', "Write level='3'.")
  } else if (cache.mode !== 'emulate' && cache.level !== undefined) {
    refuse(`The cache mode ${cache.mode} holds for all levels.`, 'Leave level out.')
  } else if (cache.mode === 'passthrough' && mode !== 'host-passthrough' && mode !== 'maximum') {
    refuse("The host's cache goes only with the host's CPU.", "Use mode='host-passthrough' or mode='maximum'.")
  }
}

function checkPhysicalBits({ maxphysaddr, mode }: Cpu, context: Context): void {
  if (maxphysaddr === undefined) return
  const { mode: how, bits, limit } = maxphysaddr
  const refuse = (code: string, message: string, hint: string) =>
    context.error({ code, message, hint, at: maxphysaddr })
  if (cpuFamily(context.arch) !== 'x86') {
    refuse('cpu/physical-bits-arch', 'The width of physical addresses can be set on x86 only.', 'Remove <maxphysaddr>.')
  } else if (how === 'passthrough' && mode !== 'host-passthrough' && mode !== 'maximum') {
    refuse(
      'cpu/physical-bits-mode',
      "The host's width of addresses goes only with the host's CPU.",
      "Use mode='host-passthrough' or mode='maximum' for the CPU.",
    )
  } else if (how === 'passthrough' && bits !== undefined) {
    refuse('cpu/physical-bits', 'bits does not go with passthrough.', "Use limit, or mode='emulate'.")
  } else if (how === 'emulate' && limit !== undefined) {
    refuse('cpu/physical-bits', 'limit does not go with emulate.', "Use bits, or mode='passthrough'.")
  } else checkHostBits(maxphysaddr, context)
}

function checkHostBits({ bits }: NonNullable<Cpu['maxphysaddr']>, context: Context): void {
  const most = context.host.physicalAddressBits
  if (!bits || !most || bits <= most) return
  context.error({
    code: 'cpu/more-bits-than-host',
    message: `The guest's addresses have ${bits} bits, the host's only ${most}.`,
    hint: `Use at most ${most}.`,
    ...(context.definition.cpu?.maxphysaddr && { at: context.definition.cpu.maxphysaddr }),
    when: 'start',
  })
}
