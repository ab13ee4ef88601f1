import { type CommandLine, CommandLineBuilder } from '../argv/command-line.ts'
import type { Context } from '../context/context.ts'
import { sharedOptions } from '../context/shared-options.ts'
import type { Staged } from '../staged.ts'
import { planOf } from './each-device.ts'
import { overridesOf } from './overrides.ts'

/** The command line of a prepared definition. */
export function* buildCommandLine(context: Context): Staged<CommandLine> {
  const { capabilities } = context
  const plan = planOf(context)
  const out = new CommandLineBuilder(
    {
      deviceJson: capabilities.has('device.json+hotplug'),
      objectJson: capabilities.has('object.qapified'),
      netdevJson: capabilities.has('netdev.json'),
    },
    overridesOf(context),
  )
  const shared = sharedOptions()
  plan.steps.contribute.now(context, shared)
  yield 'argv'
  plan.printers.now(context, out, shared)
  return out.finish()
}
