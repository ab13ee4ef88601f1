import type { Conversion, ConvertOptions } from './conversion.ts'
import { complete } from './convert.ts'
import { hasErrors, inDocumentOrder } from './diagnostic/diagnostic.ts'
import type { MasterKey } from './host/secrets.ts'
import { launchHost } from './launch/host.ts'
import type { LaunchPlan, LaunchWish } from './launch/plan.ts'
import { hostFact } from './origin/origin.ts'
import { formatDomain } from './pipeline/format.ts'
import { checkSockets, planLaunch } from './pipeline/launch.ts'
import { type ParsedDomain, parseDomain } from './pipeline/parse.ts'
import { startCommandLine } from './pipeline/start.ts'

export interface LaunchOptions extends Omit<ConvertOptions, 'launch' | 'incoming' | 'domainId'> {
  readonly wish: LaunchWish
  /** The key of this start; random, and new for each. */
  readonly masterKey: MasterKey
  /** The QEMU that is run instead of the one the domain names. */
  readonly emulator?: string | undefined
}

export interface Launched extends Conversion {
  /** Undefined where there is any error. */
  readonly plan: LaunchPlan | undefined
}

/** The number in the names of the guest's folders: each guest has a runtime folder of its own, so one is enough. */
const onlyDomain = 1

/**
 * Domain XML to everything that a start without libvirt needs: the command line with folders of the start's own, and
 * what must be there beside it. Pure: nothing is looked up on the machine. Diagnostics: those of `convert`, and
 * `launch/*` for what cannot be had without libvirt.
 */
export function launch(source: string | Uint8Array | ParsedDomain, options: LaunchOptions): Launched {
  const { wish, masterKey, emulator, ...given } = options
  const parsed = typeof source === 'string' || source instanceof Uint8Array ? parseDomain(source) : source
  if (emulator !== undefined && parsed.definition !== undefined) {
    const { devices } = parsed.definition
    ;(devices as { emulator: string | undefined }).emulator = emulator
    parsed.origins.wrote(devices, 'emulator', hostFact('emulator that the user names'))
  }
  const host = launchHost(given.host, { wish, masterKey })
  const { context, diagnostics } = complete(parsed, { ...given, host, domainId: onlyDomain, launch: wish })
  const { text, origins } = parsed
  const refused = (xml: string | undefined): Launched => ({
    diagnostics: inDocumentOrder(diagnostics),
    xml,
    argv: undefined,
    plan: undefined,
    text,
    origins,
  })
  if (context === undefined || hasErrors(diagnostics)) return refused(undefined)
  const xml = formatDomain(context.definition, context.plan.release)
  const argv = startCommandLine(context)
  if (argv === undefined) return refused(xml)
  const plan = planLaunch(context, argv, wish)
  checkSockets(plan, context)
  if (hasErrors(diagnostics)) return refused(xml)
  return { diagnostics: inDocumentOrder(diagnostics), xml, argv, plan, text, origins }
}
