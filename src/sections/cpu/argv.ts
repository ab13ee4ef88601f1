import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { SharedOptions } from '../../context/shared-options.ts'
import { cpuFacts } from '../../cpu-facts/cpu-facts.ts'
import type { Cpu } from './element.ts'

/** Fills the rooms of `-cpu` that the `<cpu>` element speaks for. */
export function contributeCpu(context: Context, shared: SharedOptions): void {
  const { cpu } = context.definition
  if (cpu === undefined) return
  printModel(cpu, shared)
  printFeatures(cpu, context, shared)
  printCache(cpu, shared)
  printPhysicalBits(cpu, shared)
}

function printModel(cpu: Cpu, { cpu: out }: SharedOptions): void {
  switch (cpu.mode) {
    case 'host-passthrough':
      out.word('model', 'host', of(cpu, 'mode'))
      break
    case 'maximum':
      out.word('model', 'max', of(cpu, 'mode'))
      break
    default:
      if (cpu.model?.value === undefined) return
      out.word('model', cpu.model.value, of(cpu.model, 'value'))
  }
  out.put('model', 'migratable', cpu.migratable, of(cpu, 'migratable'))
  if (cpu.model) out.put('model', 'vendor', cpu.model.vendor_id, of(cpu.model, 'vendor_id'))
}

/** A feature that QEMU has no property for (`osxsave`) is not asked for. */
function printFeatures(cpu: Cpu, context: Context, { cpu: out }: SharedOptions): void {
  const facts = cpuFacts(context.arch)
  for (const feature of cpu.feature) {
    const known = facts?.features.get(feature.name)
    const name = known ? known.qemu : feature.name
    if (name === undefined) continue
    const on = feature.policy !== 'disable' && feature.policy !== 'forbid'
    out.put('model', name, on, of(feature, 'policy', 'name'))
  }
}

function printCache({ cache }: Cpu, { cpu: out }: SharedOptions): void {
  if (cache === undefined) return
  const from = of(cache, 'mode')
  const off = rule('cpu/other-cache-off')
  if (cache.mode === 'emulate') {
    out.put('cache', 'l3-cache', true, from)
    out.put('cache', 'host-cache-info', false, off)
  } else {
    out.put('cache', 'host-cache-info', cache.mode === 'passthrough', from)
    out.put('cache', 'l3-cache', false, off)
  }
}

function printPhysicalBits({ maxphysaddr }: Cpu, { cpu: out }: SharedOptions): void {
  if (maxphysaddr === undefined) return
  const { mode, bits, limit } = maxphysaddr
  if (mode === 'passthrough') {
    out.put('physical', 'host-phys-bits', true, of(maxphysaddr, 'mode'))
    out.put('physical', 'host-phys-bits-limit', limit, of(maxphysaddr, 'limit'))
  } else if (bits !== undefined) out.put('physical', 'phys-bits', bits, of(maxphysaddr, 'bits'))
  else out.put('physical', 'host-phys-bits', false, of(maxphysaddr, 'mode'))
}
