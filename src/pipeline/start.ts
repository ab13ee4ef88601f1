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
  if (!(yield* preparing(context))) return undefined
  const argv = yield* buildCommandLine(context)
  return isRefused(context) ? undefined : argv
}

/** What a start does before the command line is built; false where it is refused. Building finds nothing more. */
export function* preparing(context: Context): Staged<boolean> {
  if (context.options.native) makeNative(context)
  resolve(context)
  if (hasErrors(context.diagnostics)) return false
  yield 'argv'
  changeCapabilities(context)
  assignAliases(context)
  startUsbAddresses(context)
  yield 'argv'
  prepare(context)
  yield 'argv'
  return !isRefused(context)
}

/** An unknown fact leaves holes that no printer may see. */
const isRefused = ({ diagnostics, inquiry }: Context): boolean => hasErrors(diagnostics) || inquiry.hasUnknown

/** What `virsh domxml-to-native` rewrites loses its place, and is given another. */
function makeNative(context: Context): void {
  planOf(context).steps.native.now(context)
  assignAddresses(context)
}
