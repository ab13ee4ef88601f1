import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { SharedOptions } from '../../context/shared-options.ts'
import { cpuFacts } from '../../cpu-facts/cpu-facts.ts'
import { dated } from '../../release/dated.ts'
import { switchedOff } from './deprecated-features.ts'
import type { Cpu } from './element.ts'
import type { DescribedCpu } from './host-cpu.ts'
import { startCpu } from './start.ts'

/** Fills the rooms of `-cpu` that the `<cpu>` element speaks for. */
export function contributeCpu(context: Context, shared: SharedOptions): void {
  const { cpu } = context.definition
  if (cpu === undefined) return
  const resolved = context.start.get(startCpu, cpu)
  printModel(cpu, resolved, context, shared)
  const off = switchedOff(cpu, context)
  const printed = resolved
    ? printResolved(cpu, resolved, off, context, shared)
    : printFeatures(cpu, off, context, shared)
  for (const name of off) {
    if (!printed.has(name)) shared.cpu.put('model', name, false, of(cpu, 'deprecated_features'))
  }
  printCache(cpu, shared)
  printPhysicalBits(cpu, shared)
  if (context.arch === 'armv7l' && context.capabilities.arch === 'aarch64' && context.accelerator === 'kvm') {
    shared.cpu.put('bits', 'aarch64', false, rule('cpu/32-bit-guest'))
  }
  if (context.machine.compatibleCpus && cpu.mode === 'host-model' && cpu.model) {
    shared.machine.put('max-cpu-compat', cpu.model.value, of(cpu.model, 'value'))
  }
}

function printModel(cpu: Cpu, resolved: DescribedCpu | undefined, context: Context, { cpu: out }: SharedOptions): void {
  const from = cpu.model ? of(cpu.model, 'value') : of(cpu, 'mode')
  if (cpu.mode === 'host-passthrough') out.word('model', 'host', of(cpu, 'mode'))
  else if (cpu.mode === 'maximum') out.word('model', 'max', of(cpu, 'mode'))
  else if (resolved) out.word('model', resolved.model, from)
  else return
  // CPUs of x86 alone know the word (oracle: 11.3, 12.8).
  if (context.capabilities.has('cpu.migratable')) {
    out.put('model', 'migratable', cpu.migratable, of(cpu, 'migratable'))
  }
  if (cpu.model) out.put('model', 'vendor', cpu.model.vendor_id, of(cpu.model, 'vendor_id'))
}

/** What follows from the topology is left to QEMU, whatever the XML says (oracle: 12.8 prints it in no mode). */
const leftToQemu = dated<readonly string[]>([], ['12.8', ['cmp_legacy', 'ht']])

/** Features that QEMUs of today do not list: asked for all the same, never switched off (oracle: 11.3, 12.8). */
const unlisted: ReadonlySet<string> = new Set(['pconfig', 'cvt16'])

/** What QEMU calls a feature that no host is described by, though QEMU has it. */
const otherwise: ReadonlyMap<string, string> = new Map([
  ['vmx-invvpid-single-context-noglobals', 'vmx-invept-single-context-noglobals'],
])

/** QEMU's property of a feature; undefined where it has none (`osxsave`). */
function propertyOf(name: string, on: boolean, context: Context): string | undefined {
  if (context.plan.at(leftToQemu).includes(name)) return undefined
  const known = cpuFacts(context.arch, context.plan.release)?.features.get(name)
  if (known === undefined || (on && unlisted.has(name))) return name
  return known.qemu ?? otherwise.get(name)
}

/** Both return the names that they printed; those of `off` are off. */
function printResolved(
  cpu: Cpu,
  resolved: DescribedCpu,
  off: readonly string[],
  context: Context,
  { cpu: out }: SharedOptions,
): ReadonlySet<string> {
  for (const [name, value] of resolved.features) {
    const on = value && !off.includes(name)
    const property = propertyOf(name, on, context)
    const given = cpu.feature.find((feature) => feature.name === name)
    if (property) out.put('model', property, on, given ? of(given, 'policy', 'name') : rule('cpu/host-model'))
  }
  return new Set(resolved.features.keys())
}

function printFeatures(
  cpu: Cpu,
  off: readonly string[],
  context: Context,
  { cpu: out }: SharedOptions,
): ReadonlySet<string> {
  const printed = new Set<string>()
  for (const feature of cpu.feature) {
    const isOff = off.includes(feature.name)
    // What is optional is the host's to have or not: a CPU that passes through shows it as it is.
    if (feature.policy === 'optional' && !isOff) continue
    const on = feature.policy !== 'disable' && feature.policy !== 'forbid' && !isOff
    const property = propertyOf(feature.name, on, context)
    if (property) out.put('model', property, on, of(feature, 'policy', 'name'))
    printed.add(feature.name)
  }
  return printed
}

/** The host's own cache shows through a passed-through CPU only, so it is switched there alone. */
function printCache({ cache, mode }: Cpu, { cpu: out }: SharedOptions): void {
  if (cache === undefined) return
  const from = of(cache, 'mode')
  const passes = mode === 'host-passthrough' || mode === 'maximum'
  const host = passes ? cache.mode === 'passthrough' : undefined
  if (cache.mode === 'emulate') {
    out.put('cache', 'l3-cache', true, from)
    out.put('cache', 'host-cache-info', host, from)
  } else {
    out.put('cache', 'host-cache-info', host, from)
    out.put('cache', 'l3-cache', false, from)
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
