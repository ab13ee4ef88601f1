import { type CommandLine, CommandLineBuilder } from '../argv/command-line.ts'
import type { Context } from '../context/context.ts'
import { type SharedOptions, sharedOptions } from '../context/shared-options.ts'
import type { ArgvSlot, Section } from '../context/unit.ts'
import { kinds } from '../devices/registry.ts'
import { sections } from '../sections/registry.ts'
import { argvOrder, type SlotName, type sharedSlots } from './order.ts'
import { overridesOf } from './overrides.ts'
import { units } from './units.ts'

type Printer = (context: Context, out: CommandLineBuilder, shared: SharedOptions) => void

const sharedPrinters: { readonly [S in (typeof sharedSlots)[number]]: Printer } = {
  '@machine': (_context, out, shared) => out.option('-machine', shared.machine.pieces('type')),
  '@cpu': (_context, out, shared) => out.option('-cpu', shared.cpu.pieces()),
}

const unitsByName: { readonly [name: string]: Section } = { ...sections, ...kinds }

function slotPrinter(name: SlotName): ArgvSlot {
  const dot = name.indexOf('.')
  const slot = unitsByName[name.slice(0, dot)]?.argv?.[name.slice(dot + 1)]
  if (slot === undefined) throw new Error(`no argv slot ${name}`)
  return slot
}

const printers: readonly Printer[] = argvOrder.map((name) =>
  name in sharedPrinters ? sharedPrinters[name as keyof typeof sharedPrinters] : slotPrinter(name as SlotName),
)

/** The command line of a prepared definition. */
export function buildCommandLine(context: Context): CommandLine {
  const { capabilities } = context
  const out = new CommandLineBuilder(
    {
      deviceJson: capabilities.has('device.json+hotplug'),
      objectJson: capabilities.has('object.qapified'),
      netdevJson: capabilities.has('netdev.json'),
    },
    overridesOf(context),
  )
  const shared = sharedOptions()
  for (const unit of units) unit.contribute?.(context, shared)
  for (const print of printers) print(context, out, shared)
  return out.finish()
}
