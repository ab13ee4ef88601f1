import type { ArgvPrinter, ArgvSlot, Section } from '../context/unit.ts'
import { type Sequence, sequenceOf } from './sequence.ts'

const sharedPrinters = {
  '@machine': (_context, out, shared) => out.option('-machine', shared.machine.pieces('type')),
  '@cpu': (_context, out, shared) => out.option('-cpu', shared.cpu.pieces()),
} as const satisfies { readonly [slot: string]: ArgvPrinter }

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
