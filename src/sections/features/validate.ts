import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { Machine } from '../../context/machine.ts'
import { bytesOfUnit } from '../../fragments/size.ts'
import type { Features } from './element.ts'
import { checkGicVersion } from './gic.ts'

type FeatureName = keyof Features

interface Need {
  /** What the board must have. */
  has(machine: Machine): boolean
  readonly say: string
}

const pc: Need = { has: (machine) => machine.pc === true, say: 'PCs' }
/** VMware's port and the switch of the keyboard controller come with the controller itself: a microvm has none (libvirt 12.8 asked). */
const keyboardController: Need = { has: ({ pc, ps2 }) => pc === true && ps2, say: "PCs with PS/2's controller" }
const power: Need = { has: (machine) => machine.power === true, say: 'pseries machines' }
const arm: Need = { has: (machine) => machine.armVirtual === true, say: "ARM's machine virt" }

/** Features that only some boards have. */
const boards: { readonly [F in FeatureName]?: Need } = {
  gic: arm,
  hpt: power,
  htm: power,
  'nested-hv': power,
  'ccf-assist': power,
  cfpc: power,
  sbbc: power,
  ibs: power,
  ioapic: pc,
  pvspinlock: pc,
  hyperv: { has: (machine) => machine.pc === true || machine.armVirtual === true, say: 'PCs and ARM machines' },
  vmport: keyboardController,
  ras: arm,
  ps2: keyboardController,
  virtualization: arm,
}

export function checkFeatures(context: Context): void {
  const { features } = context.definition
  if (features === undefined) return
  checkBoards(features, context)
  checkInterrupts(features, context)
  checkCapabilities(features, context)
  checkGated(features, context)
  checkGicVersion(features, context)
  checkVmport(features, context)
  checkTseg(features, context)
  checkTbCache(features, context)
  checkPmu(features, context)
  if (features.tcg?.['tb-cache'] && context.definition.type !== 'qemu') {
    context.error({
      code: 'features/tcg-only',
      message: `The cache of translated code belongs to emulation, and this guest is of type ${context.definition.type}.`,
      hint: "Remove <tcg>, or make it type='qemu'.",
      at: features,
      field: 'tcg',
    })
  }
}

/** pseries guests always have their counters, and no property of the processor says so (libvirt 11.3 and 12.8 asked). */
function checkPmu({ pmu }: Features, context: Context): void {
  if (pmu?.state !== false || !context.machine.power) return
  context.error({
    code: 'features/pmu-always-on',
    message: 'The performance counters of a pseries guest are always there.',
    hint: 'Remove <pmu>.',
    at: pmu,
    field: 'state',
  })
}

function checkTbCache(features: Features, context: Context): void {
  const cache = features.tcg?.['tb-cache']
  if (cache?.value === undefined || cache.value % 1024n === 0n) return
  context.error({
    code: 'features/tb-cache-size',
    message: 'The cache of translated code must be a multiple of 1 MiB.',
    hint: "Write unit='MiB'.",
    at: cache,
  })
}

function checkBoards(features: Features, context: Context): void {
  for (const [name, need] of Object.entries(boards) as [FeatureName, Need][]) {
    if (features[name] === undefined || need.has(context.machine)) continue
    context.error({
      code: 'features/wrong-machine',
      message: `<${name}> is a feature of ${need.say}, and this guest is ${context.definition.os.type.machine} on ${context.arch}.`,
      hint: 'Remove it.',
      at: features,
      field: name,
    })
  }
}

/** The controller itself may stand anywhere; ends of interrupts without a trap are a PC's. Source: libvirt 11.3, 12.8. */
function checkInterrupts({ apic }: Features, context: Context): void {
  if (apic?.eoi === undefined || pc.has(context.machine)) return
  context.error({
    code: 'features/wrong-machine',
    message: `Only ${pc.say} end interrupts without a trap, and this guest is ${context.definition.os.type.machine} on ${context.arch}.`,
    hint: 'Remove eoi.',
    at: apic,
    field: 'eoi',
  })
}

function checkCapabilities(features: Features, context: Context): void {
  const teardown = features['async-teardown']
  if (teardown?.enabled && !context.capabilities.has('run-with.async-teardown')) {
    context.error({
      code: 'features/async-teardown-unsupported',
      message: 'This QEMU cannot give memory back after its end (capability run-with.async-teardown).',
      hint: 'Use QEMU 8.0 or later.',
      at: teardown,
    })
  }
}

/** Features that a QEMU may lack, and what they are called. */
const gated: readonly { readonly feature: FeatureName; readonly needs: Flag; readonly what: string }[] = [
  { feature: 'ras', needs: 'machine.virt.ras', what: 'reports of memory errors' },
  { feature: 'ps2', needs: 'machine-i8042-opt', what: "switch of the PC's keyboard controller" },
  { feature: 'vmcoreinfo', needs: 'vmcoreinfo', what: 'device for crash notes' },
  { feature: 'aia', needs: 'machine.virt.aia', what: 'advanced interrupt architecture' },
]

function checkGated(features: Features, context: Context): void {
  for (const { feature, needs, what } of gated) {
    if (features[feature] === undefined || context.capabilities.has(needs)) continue
    context.error({
      code: `features/${feature}-unsupported`,
      message: `This QEMU has no ${what} (capability ${needs}).`,
      hint: `Remove <${feature}>, or use another QEMU.`,
      at: features,
      field: feature,
    })
  }
}

/** VMware's port is a part of the keyboard controller. */
function checkVmport({ vmport, ps2 }: Features, context: Context): void {
  if (!vmport?.state || ps2?.state !== false) return
  context.error({
    code: 'features/vmport-without-ps2',
    message: "VMware's port needs the PC's keyboard controller, which is off.",
    hint: "Remove <vmport>, or write <ps2 state='on'/>.",
    at: vmport,
  })
}

function checkTseg(features: Features, context: Context): void {
  const tseg = features.smm?.tseg
  if (tseg?.value === undefined) return
  const refuse = (code: string, message: string, hint: string) => context.error({ code, message, hint, at: tseg })
  if (context.machine.smm === 'plain') {
    refuse('features/tseg-machine', 'Only q35 has an extended memory for system management mode.', 'Use a q35 machine.')
  } else if (!context.capabilities.has('mch.extended-tseg-mbytes')) {
    refuse('features/tseg-unsupported', 'The size of the tseg cannot be set in this QEMU.', 'Use QEMU 2.10 or later.')
  }
  if ((tseg.value * (bytesOfUnit(tseg.unit) ?? 1n)) % 1024n ** 2n !== 0n) {
    refuse('features/tseg-size', 'The size of the tseg must be a multiple of 1 MiB.', "Write unit='MiB'.")
  }
}
