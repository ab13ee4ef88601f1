import { type Arch, isArch } from '../../capabilities/capabilities.ts'
import type { Context } from '../../context/context.ts'
import { didYouMean, onlyMeant } from '../../diagnostic/suggest.ts'
import { defaultRule } from '../../origin/origin.ts'
import { whyMissing } from './machine-versions.ts'

/** Architectures that an emulator of another one runs as well (QEMU: one binary for the 32-bit and byte-order variants). */
const alsoRuns: { readonly [A in Arch]?: readonly string[] } = {
  x86_64: ['i686'],
  aarch64: ['armv7l', 'armv6l'],
  ppc64: ['ppc64le', 'ppc'],
}

/** Whether this QEMU runs the guest's architecture, kind and virtualization at all. */
export function checkEmulator(context: Context): void {
  const { capabilities, definition } = context
  const { type } = definition.os
  if (type.value !== 'hvm') {
    context.error({
      code: 'os/type',
      message: `QEMU runs guests of type hvm only, not ${type.value ?? 'a nameless one'}.`,
      hint: 'Write <type>hvm</type>.',
      at: type,
    })
  }
  const { arch } = type
  const runs = [capabilities.arch, ...(alsoRuns[capabilities.arch] ?? [])]
  if (arch !== undefined && arch !== capabilities.arch && !alsoRuns[capabilities.arch]?.includes(arch)) {
    const meant = isArch(arch) ? undefined : onlyMeant(arch, runs)
    context.error({
      code: isArch(arch) ? 'os/arch-unsupported' : 'os/unknown-arch',
      message: isArch(arch) ? `This QEMU does not emulate ${arch}.` : `"${arch}" is not an architecture.`,
      hint: meant ? `Did you mean ${meant}?` : `It emulates ${runs.join(', ')}.`,
      at: type,
      field: 'arch',
      ...(meant && { fix: { value: meant, safe: true }, goesOn: true }),
    })
    if (meant) context.set(type, 'arch', meant, defaultRule('os/arch-stand-in'))
  }
  if (!capabilities.accelerators.includes(context.accelerator)) {
    context.error({
      code: 'domain/accelerator-unsupported',
      message: `This QEMU cannot run guests of type ${definition.type}.`,
      hint: `It has ${capabilities.accelerators.map((name) => (name === 'tcg' ? 'qemu' : name)).join(', ')}.`,
      field: 'type',
    })
  }
}

/**
 * Whether this QEMU has the machine type; all are let through where it was not asked. Where the name tells which one was meant, or
 * nearly, that one stands in for it, so that the rest of the guest is checked as well.
 */
export function checkMachine(context: Context): void {
  const { accelerator, capabilities, definition } = context
  const { type } = definition.os
  const known = capabilities.machines(accelerator)
  if (type.machine === undefined || known.length === 0 || capabilities.machine(type.machine, accelerator)) return
  const missing = whyMissing(type.machine, known, capabilities)
  const names = known.flatMap(({ name, alias }) => (alias ? [alias, name] : [name]))
  const meant = missing === undefined ? onlyMeant(type.machine, names) : missing.meant
  const near = missing === undefined ? didYouMean(type.machine, names) : undefined
  const standIn = capabilities.canonicalMachine(missing?.instead ?? near ?? type.machine, accelerator)
  context.error({
    code: 'os/machine-unsupported',
    message: missing?.message ?? `This QEMU has no machine type ${type.machine}.`,
    hint: missing?.hint ?? (near ? `Did you mean ${near}?` : `It has ${families(names)}.`),
    at: type,
    field: 'machine',
    ...(meant && { fix: { value: meant, safe: true } }),
    ...(standIn !== type.machine && { goesOn: true }),
  })
  if (standIn !== type.machine) context.set(type, 'machine', standIn, defaultRule('os/machine-stand-in'))
}

/** Names without a version tell the choice best: `q35`, `pc`, `virt`. */
function families(names: readonly string[]): string {
  const short = names.filter((name) => !/-\d/.test(name) && name !== 'none')
  return `${short.slice(0, 8).join(', ')}${short.length > 8 ? ' …' : ''}`
}
