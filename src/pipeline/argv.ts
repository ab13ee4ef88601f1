import { type CommandLine, CommandLineBuilder } from '../argv/command-line.ts'
import type { Context } from '../context/context.ts'
import type { SharedOptions } from '../context/shared-options.ts'
import { planOf } from './each-device.ts'
import { overridesOf } from './overrides.ts'

/** The command line of a prepared definition, whose sections and devices have filled the options that they share. */
export function buildCommandLine(context: Context, shared: SharedOptions): CommandLine {
  const { capabilities } = context
  const out = new CommandLineBuilder(
    {
      deviceJson: capabilities.has('device.json+hotplug'),
      objectJson: capabilities.has('object.qapified'),
      netdevJson: capabilities.has('netdev.json'),
    },
    overridesOf(context),
  )
  planOf(context).printers.now(context, out, shared)
  return out.finish()
}
