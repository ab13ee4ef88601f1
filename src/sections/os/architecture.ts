import { type Arch, isArch } from '../../capabilities/capabilities.ts'
import type { Context } from '../../context/context.ts'
import { didYouMean } from '../../diagnostic/suggest.ts'
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
  if (arch !== undefined && arch !== capabilities.arch && !alsoRuns[capabilities.arch]?.includes(arch)) {
    context.error({
      code: isArch(arch) ? 'os/arch-unsupported' : 'os/unknown-arch',
      message: isArch(arch) ? `This QEMU does not emulate ${arch}.` : `"${arch}" is not an architecture.`,
      hint: `It emulates ${[capabilities.arch, ...(alsoRuns[capabilities.arch] ?? [])].join(', ')}.`,
      at: type,
      field: 'arch',
    })
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

/** Whether this QEMU has the machine type; all are let through where it was not asked. */
export function checkMachine(context: Context): void {
  const { accelerator, capabilities, definition } = context
  const { type } = definition.os
  const known = capabilities.machines(accelerator)
  if (type.machine === undefined || known.length === 0 || capabilities.machine(type.machine, accelerator)) return
  const near = didYouMean(
    type.machine,
    known.map(({ name }) => name),
  )
  const { message, hint } = whyMissing(type.machine, known, capabilities) ?? {
    message: `This QEMU has no machine type ${type.machine}.`,
    hint: near ? `Did you mean ${near}?` : 'See `qemu-system-… -machine help`.',
  }
  context.error({
    code: 'os/machine-unsupported',
    message,
    hint,
    at: type,
    field: 'machine',
  })
}
