import type { CommandLine } from '../argv/command-line.ts'
import type { Context } from '../context/context.ts'
import { hasErrors } from '../diagnostic/diagnostic.ts'
import { atOnce, type Staged } from '../staged.ts'
import { assignAddresses } from './address.ts'
import { startUsbAddresses } from './address-usb.ts'
import { assignAliases } from './alias.ts'
import { buildCommandLine } from './argv.ts'
import { planOf } from './each-device.ts'
import { changeCapabilities } from './overrides.ts'
import { prepare } from './prepare.ts'
import { resolve } from './resolve.ts'

/**
 * What a start does with a complete definition: resolves, names and prepares it, into `context.start`, and builds the
 * command line. undefined where the start is refused.
 */
export function startCommandLine(context: Context): CommandLine | undefined {
  return atOnce(starting(context))
}

/** The work of `startCommandLine`, for who runs it stage by stage. */
export function* starting(context: Context): Staged<CommandLine | undefined> {
  const { diagnostics } = context
  if (context.options.native) makeNative(context)
  resolve(context)
  if (hasErrors(diagnostics)) return undefined
  yield 'argv'
  changeCapabilities(context)
  assignAliases(context)
  startUsbAddresses(context)
  yield 'argv'
  prepare(context)
  yield 'argv'
  // An unknown fact leaves holes that no printer may see.
  if (hasErrors(diagnostics) || context.inquiry.hasUnknown) return undefined
  const argv = yield* buildCommandLine(context)
  return hasErrors(diagnostics) || context.inquiry.hasUnknown ? undefined : argv
}

/** What `virsh domxml-to-native` rewrites loses its place, and is given another. */
function makeNative(context: Context): void {
  planOf(context).steps.native.now(context)
  assignAddresses(context)
}
