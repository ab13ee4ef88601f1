import type { Accelerator, GicCapability } from '../../capabilities/capabilities.ts'
import type { Context } from '../../context/context.ts'
import type { DomainRule } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { type Features, features } from './element.ts'

/** Versions in the order in which they are taken. */
const preferred = ['3', '2'] as const

/** Whether libvirt has this QEMU's machine be told a version: the 32-bit emulator it does not (11.3 and 12.8 asked). */
export const takesGicVersion = ({ capabilities }: Context): boolean => capabilities.arch === 'aarch64'

/** What is not told is version 2. */
export function checkGicVersion({ gic }: Features, context: Context): void {
  if (gic?.version === undefined || gic.version === '2' || takesGicVersion(context)) return
  context.error({
    code: 'features/gic-version-unsupported',
    message: `The emulator of ${context.capabilities.arch} has version 2 of the interrupt controller, not ${gic.version}.`,
    hint: "Write version='2', or remove <gic>.",
    at: gic,
    field: 'version',
    when: 'start',
  })
}

function offers(gic: GicCapability, version: string, accelerator: Accelerator): boolean {
  return gic.version === version && (accelerator === 'kvm' ? gic.kernel : gic.emulated)
}

/** An ARM guest on KVM gets the newest controller that the host has in hardware, on any other accelerator version 2. */
export const gicDefault: DomainRule = {
  name: 'features/gic-version',
  doc: 'The newest interrupt controller that KVM offers; 2 where QEMU emulates.',
  apply: (context) => {
    const { accelerator, capabilities, definition, machine } = context
    if (!machine.armVirtual || definition.features?.gic?.version !== undefined) return
    const reason = defaultRule('features/gic-version')
    const best =
      accelerator === 'kvm'
        ? preferred.find((version) => capabilities.gic.some((gic) => offers(gic, version, accelerator)))
        : undefined
    const version = best ?? '2'
    if (definition.features === undefined) context.set(definition, 'features', features.create({}), reason)
    const target = definition.features!
    if (target.gic === undefined) context.set(target, 'gic', { version }, reason)
    else context.set(target.gic, 'version', version, reason)
  },
}
