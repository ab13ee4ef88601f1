import type { CommandLine } from '../argv/command-line.ts'
import type { Context } from '../context/context.ts'
import type { SharedOptions } from '../context/shared-options.ts'
import { hasErrors } from '../diagnostic/diagnostic.ts'
import { leadsNowhere } from '../parts/device-address.ts'
import { atOnce, type Staged } from '../staged.ts'
import { assignAddresses } from './address.ts'
import { startUsbAddresses } from './address-usb.ts'
import { assignAliases } from './alias.ts'
import { buildCommandLine } from './argv.ts'
import { contribute } from './contribute.ts'
import { eachDevice, planOf } from './each-device.ts'
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
  const shared = yield* preparing(context)
  const argv = shared && buildCommandLine(context, shared)
  return isRefused(context) ? undefined : argv
}

/**
 * What a start finds, for who wants no command line. Printing finds one thing: an address that leads nowhere, of a device
 * that prints it.
 */
export function* searching(context: Context): Staged<void> {
  const shared = yield* preparing(context)
  if (shared !== undefined && hasLostAddress(context)) buildCommandLine(context, shared)
}

/**
 * What a start does before the command line is printed; gives the options that sections and devices share, undefined
 * where it is refused.
 */
function* preparing(context: Context): Staged<SharedOptions | undefined> {
  if (context.options.native) makeNative(context)
  resolve(context)
  if (hasErrors(context.diagnostics)) return undefined
  yield 'argv'
  changeCapabilities(context)
  assignAliases(context)
  startUsbAddresses(context)
  yield 'argv'
  prepare(context)
  yield 'argv'
  if (isRefused(context)) return undefined
  const shared = contribute(context)
  yield 'argv'
  return isRefused(context) ? undefined : shared
}

/** A kind that checks places on drives itself has refused them by now. */
function hasLostAddress(context: Context): boolean {
  let isLost = false
  eachDevice(context, 'all', (device, kind) => {
    const address = context.addressOf(device)
    if (address === undefined || (address.type === 'drive' && kind.ownPlaceChecks?.drive)) return
    isLost ||= leadsNowhere(address, context)
  })
  return isLost
}

/** An unknown fact leaves holes that no printer may see. */
const isRefused = ({ diagnostics, inquiry }: Context): boolean => hasErrors(diagnostics) || inquiry.hasUnknown

/** What `virsh domxml-to-native` rewrites loses its place, and is given another. */
function makeNative(context: Context): void {
  planOf(context).steps.native.now(context)
  assignAddresses(context)
}
