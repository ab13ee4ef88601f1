import type { CommandLine } from './argv/command-line.ts'
import type { Capabilities } from './capabilities/capabilities.ts'
import { capabilitiesFor } from './capabilities/releases.ts'
import { Context } from './context/context.ts'
import { type Diagnostic, hasErrors, inDocumentOrder, refusesDefine, withoutEchoes } from './diagnostic/diagnostic.ts'
import { asked } from './host/asked.ts'
import type { Host, Incoming } from './host/host.ts'
import { resourcesFrom } from './host/resources.ts'
import type { LaunchWish } from './launch/plan.ts'
import type { Origins } from './origin/origin.ts'
import { assignAddresses } from './pipeline/address.ts'
import { fillDefaults } from './pipeline/defaults.ts'
import { Doubt } from './pipeline/doubt.ts'
import { formatDomain } from './pipeline/format.ts'
import { hostFindings, hostNote, type Purpose } from './pipeline/host-findings.ts'
import { type ParsedDomain, parseDomain } from './pipeline/parse.ts'
import { planFor } from './pipeline/plan.ts'
import { startCommandLine } from './pipeline/start.ts'
import { validate } from './pipeline/validate.ts'
import type { Release } from './release/release.ts'

/** The stages of a conversion that are told to `onStage`. */
export type StageName = 'parse' | 'defaults' | 'addresses' | 'validate' | 'format' | 'argv'

export interface ConvertOptions {
  readonly capabilities: Capabilities
  /**
   * The libvirt whose answers are given; the newest with evidence where absent. What `parseDomain` gave is converted by
   * the release it was read with.
   */
  readonly release?: Release | undefined
  readonly host: Host
  /** The number in paths of the domain's folders; -1, a domain that does not run, where absent. */
  readonly domainId?: number | undefined
  /**
   * The definition is new, as for `virsh define`: defaults may change what the guest sees. True where absent; false for
   * a guest that exists and must not notice a difference (libvirt reads its own definitions so).
   */
  readonly abiUpdate?: boolean | undefined
  /** Nobody named a QEMU: that of this version was chosen for the domain's machine type, which is told as an assumption. */
  readonly assumedQemu?: string | undefined
  /** What the result is for: a command line where absent. Decides what an unknown fact of the host means. */
  readonly purpose?: Purpose | undefined
  /** Only what is wrong with the domain is wanted: `xml` is not printed. */
  readonly findingsOnly?: boolean | undefined
  /** An assumption about the host is an error, and what nobody described as well. */
  readonly strictHost?: boolean | undefined
  /** Images are not looked into, as `virsh domxml-to-native` does it: where a chain ends is known only if the XML says so. */
  readonly unprobed?: boolean | undefined
  /** The line that `virsh domxml-to-native` prints: unprobed, and each network card is rewritten to a tap. */
  readonly native?: boolean | undefined
  /** Built as the target of a migration. */
  readonly incoming?: Incoming | undefined
  /** Set where the domain is started without libvirt; the host is then one of `launchHost`. */
  readonly launch?: LaunchWish | undefined
  /** Hears of each stage as it ends: for who has a clock. */
  readonly onStage?: ((stage: StageName) => void) | undefined
}

/** A definition that is complete and valid, ready to be formatted or started. */
export interface Completed {
  readonly parsed: ParsedDomain
  /** Undefined where the text cannot be read. */
  readonly context: Context | undefined
  readonly diagnostics: Diagnostic[]
}

export interface Conversion {
  /** All findings in document order; an error's `when` tells the stage that refuses. */
  readonly diagnostics: readonly Diagnostic[]
  /** The complete definition; undefined where it is refused, or where only findings are wanted. */
  readonly xml: string | undefined
  /** Undefined where there is any error, or nothing is to be started. */
  readonly argv: CommandLine | undefined
  readonly text: string
  readonly origins: Origins
}

/** Parse, defaults, addresses, validation: what `virsh define` does. */
export function complete(source: string | Uint8Array | ParsedDomain, options: ConvertOptions): Completed {
  const parsed =
    typeof source === 'string' || source instanceof Uint8Array
      ? parseDomain(source, { release: options.release })
      : source
  const { onStage } = options
  onStage?.('parse')
  const { definition, origins, diagnostics } = parsed
  const doubt = hasErrors(diagnostics) ? new Doubt(parsed.unread) : undefined
  if (definition === undefined || doubt?.isTotal) return { parsed, context: undefined, diagnostics }
  const { capabilities, native = false, unprobed = native, abiUpdate = true, incoming, launch } = options
  const host = native ? withoutLauncher(options.host) : options.host
  const context = new Context(
    definition,
    {
      plan: planFor(parsed.release),
      capabilities: capabilitiesFor(capabilities, parsed.release),
      host,
      abiUpdate,
      unprobed,
      native,
      incoming,
      launch,
      domainId: options.domainId ?? (native ? -1 : host.domainId),
    },
    origins,
    doubt ? [] : diagnostics,
  )
  doubt?.takeOut(context)
  const goesOn = fillDefaults(context)
  onStage?.('defaults')
  if (goesOn) {
    assignAddresses(context)
    onStage?.('addresses')
    validate(context)
    onStage?.('validate')
  }
  if (doubt === undefined) return { parsed, context, diagnostics }
  // What cannot be read has no command line; what else is wrong with it is told with it.
  diagnostics.push(...context.diagnostics.filter((it) => doubt.isCertain(it)))
  return { parsed, context: undefined, diagnostics }
}

/**
 * Domain XML to everything: findings, complete XML and command line. Pure: the same source, capabilities and host give
 * the same bytes on every machine. What `parseDomain` gave can be handed in instead of the source; it is used up.
 */
export function convert(source: string | Uint8Array | ParsedDomain, options: ConvertOptions): Conversion {
  const { parsed, context, diagnostics } = complete(source, options)
  const { text, origins } = parsed
  const { purpose = 'start', strictHost = false, findingsOnly = false } = options
  const told = (it: Diagnostic) => purpose !== 'define' || it.when !== 'start'
  const result = (xml: string | undefined, argv: CommandLine | undefined): Conversion => ({
    diagnostics: inDocumentOrder(withoutEchoes(diagnostics.filter(told))),
    xml,
    argv,
    text,
    origins,
  })
  if (context === undefined) return result(undefined, undefined)
  if (options.assumedQemu !== undefined) {
    const { type } = context.definition.os
    const says = `${options.assumedQemu}, the newest with ${type.machine}`
    context.inquiry.assume(asked.qemu, { at: type, field: 'machine', says })
  }
  // The definition is read before a start is tried, which may add to what is wrong with it, never change it.
  const isPrinted = !findingsOnly && !refusesDefine(diagnostics)
  const xml = isPrinted ? formatDomain(context.definition, context.plan.release) : undefined
  options.onStage?.('format')
  const startable = purpose !== 'define' && !hasErrors(diagnostics)
  const argv = startable ? startCommandLine(context) : undefined
  if (startable) options.onStage?.('argv')
  for (const finding of hostFindings(context, purpose, strictHost)) context.error(finding)
  const note = hostNote(context, purpose, strictHost)
  if (note !== undefined) diagnostics.push(note)
  return result(refusesDefine(diagnostics) ? undefined : xml, hasErrors(diagnostics) ? undefined : argv)
}

/** Nothing is opened where nothing starts, but for the taps that every card becomes. */
function withoutLauncher(host: Host): Host {
  const descriptors = { ethernetTap: host.descriptors.ethernetTap ?? 30 }
  return { ...host, descriptors, resources: resourcesFrom(descriptors) }
}
