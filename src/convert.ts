import type { CommandLine } from './argv/command-line.ts'
import { capabilitiesFor } from './capabilities/releases.ts'
import { Context } from './context/context.ts'
import type { Completed, Conversion, ConvertOptions } from './conversion.ts'
import { type Diagnostic, hasErrors, inDocumentOrder, refusesDefine, withoutEchoes } from './diagnostic/diagnostic.ts'
import { asked } from './host/asked.ts'
import type { Host } from './host/host.ts'
import { resourcesFrom } from './host/resources.ts'
import { assignAddresses } from './pipeline/address.ts'
import { fillDefaults } from './pipeline/defaults.ts'
import { Doubt } from './pipeline/doubt.ts'
import { formatDomain } from './pipeline/format.ts'
import { hostFindings, hostNote } from './pipeline/host-findings.ts'
import { type ParsedDomain, parsing } from './pipeline/parse.ts'
import { planFor } from './pipeline/plan.ts'
import { searching, starting } from './pipeline/start.ts'
import { validate } from './pipeline/validate.ts'
import { atOnce, type Staged, together } from './staged.ts'

/** What is converted: a text, or what `parseDomain` gave, which is used up. */
export type Source = string | Uint8Array | ParsedDomain

/** Parse, defaults, addresses, validation: what `virsh define` does. */
export function complete(source: Source, options: ConvertOptions): Completed {
  return atOnce(completing(source, options))
}

/**
 * Domain XML to everything: findings, complete XML and command line. Pure: the same source, capabilities and host give
 * the same bytes on every machine.
 */
export function convert(source: Source, options: ConvertOptions): Conversion {
  return atOnce(converting(source, options))
}

/** So many domains go through the stages side by side: more gain nothing, and all of them are in memory. */
const abreast = 25

/**
 * Converts many domains, each as `convert` does, in a third less time than one after another. Gives the conversions in the
 * order of `inputs`, which are taken as they are needed, some at a time.
 */
export function* convertEach(
  inputs: Iterable<{ readonly source: Source; readonly options: ConvertOptions }>,
): Generator<Conversion> {
  let works: Staged<Conversion>[] = []
  for (const { source, options } of inputs) {
    works.push(converting(source, options))
    if (works.length < abreast) continue
    yield* together(works)
    works = []
  }
  yield* together(works)
}

function* completing(source: Source, options: ConvertOptions): Staged<Completed> {
  const isText = typeof source === 'string' || source instanceof Uint8Array
  const parsed = isText ? yield* parsing(source, { release: options.release }) : source
  yield 'parse'
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
  if (yield* fillDefaults(context)) {
    assignAddresses(context)
    yield 'addresses'
    yield* validate(context)
  }
  if (doubt === undefined) return { parsed, context, diagnostics }
  // What cannot be read has no command line; what else is wrong with it is told with it.
  diagnostics.push(...context.diagnostics.filter((it) => doubt.isCertain(it)))
  return { parsed, context: undefined, diagnostics }
}

/** The work of `convert`, for who runs it stage by stage. */
export function* converting(source: Source, options: ConvertOptions): Staged<Conversion> {
  const { parsed, context, diagnostics } = yield* completing(source, options)
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
  yield 'format'
  const startable = purpose !== 'define' && !hasErrors(diagnostics)
  let argv: CommandLine | undefined
  if (startable && findingsOnly) yield* searching(context)
  else if (startable) argv = yield* starting(context)
  yield 'argv'
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
