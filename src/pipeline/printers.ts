import type { Context } from '../context/context.ts'
import type { ArgvPrinter, ArgvSlot, Section } from '../context/unit.ts'
import { type Sequence, sequenceOf } from './sequence.ts'

const sharedPrinters = {
  '@machine': (_context, out, shared) => out.option('-machine', shared.machine.pieces('type')),
  '@cpu': (context, out, { cpu }) => {
    const pieces = cpu.pieces()
    if (pieces.length > 0 && !cpu.has('model')) refuseWithoutModel(context)
    out.option('-cpu', pieces)
  },
} as const satisfies { readonly [slot: string]: ArgvPrinter }

/** What sections and devices ask of the processor needs a name that it can follow (oracle: 12.8, whose QEMU names none for Arm). */
function refuseWithoutModel(context: Context): void {
  const { arch, definition } = context
  context.error({
    code: 'cpu/switches-without-model',
    message: `Something asks for switches of the processor, but the machine type tells no processor of ${arch} that has them.`,
    hint: "Name one in <cpu>: a <model>, or mode='maximum'.",
    at: definition.cpu ?? definition.features ?? definition,
    when: 'start',
  })
}

/** Options that several rooms fill, as slots of the order. */
export type SharedSlot = keyof typeof sharedPrinters

const isShared = (name: string): name is SharedSlot => name in sharedPrinters

/** The printers of the command line, from first to last. */
export function printersOf(
  order: readonly string[],
  units: { readonly [name: string]: Section },
): Sequence<Parameters<ArgvPrinter>> {
  const slotPrinter = (name: string): ArgvSlot => {
    const dot = name.indexOf('.')
    const slot = units[name.slice(0, dot)]?.argv?.[name.slice(dot + 1)]
    if (slot === undefined) throw new Error(`no argv slot ${name}`)
    return slot
  }
  return sequenceOf(order.map((name) => (isShared(name) ? sharedPrinters[name] : slotPrinter(name))))
}
