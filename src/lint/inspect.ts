import type { Capabilities } from '../capabilities/capabilities.ts'
import { convert } from '../convert.ts'
import type { Diagnostic, Span } from '../diagnostic/diagnostic.ts'
import type { Host } from '../host/host.ts'
import { type ParsedDomain, parseDomainElement } from '../pipeline/parse.ts'
import { wrongRoot } from '../pipeline/wrong-root.ts'
import { decodeBytes } from '../xml/decode.ts'
import { readXml } from '../xml/read.ts'
import type { XmlElement } from '../xml/tree.ts'
import { classify } from './document.ts'
import type { RawFinding } from './finding.ts'
import { type FleetDomain, fleetFacts } from './fleet/facts.ts'
import { embed } from './fragment.ts'
import { Placing } from './placing.ts'
import { collectDirectives } from './suppress/collect.ts'
import type { Directive } from './suppress/directive.ts'
import { withoutHyphens } from './suppress/hyphens.ts'

/** What a file turned out to be; `unread`: not even its kind is known. */
export type FileKind = 'domain' | 'fragment' | 'foreign' | 'unread'

/** All that is known of a file by itself. Plain data: it crosses threads. */
export interface Inspected {
  readonly name: string
  readonly kind: FileKind
  /** The name of the root element. */
  readonly root?: string | undefined
  /** How many domains (or fragments) were checked. */
  readonly checked: number
  readonly findings: readonly RawFinding[]
  readonly directives: readonly Directive[]
  /** What other files may clash with. */
  readonly fleet: readonly FleetDomain[]
}

/** The QEMU and the host that a domain is checked against. */
export interface Target {
  readonly capabilities: Capabilities
  readonly host: Host
  /** About the choice itself. */
  readonly notes: readonly Diagnostic[]
}

export interface InspectOptions {
  /** As it is to be shown. */
  readonly name: string
  /** What to check against; a text where there is nothing, which says why. */
  readonly target: (parsed: ParsedDomain) => Promise<Target | string>
}

/** Reads a document and finds everything about it. Never throws for what the document holds. */
export async function inspect(source: string | Uint8Array, { name, target }: InspectOptions): Promise<Inspected> {
  const document = readForLint(source)
  const { text, root } = document
  if (root === undefined) return unread(name, text, document.diagnostics)
  const kind = classify(root)
  const base = { name, root: root.name }
  if (kind.kind === 'foreign') {
    return { ...base, kind: 'foreign', checked: 0, findings: [], directives: [], fleet: [] }
  }
  const { directives, diagnostics } = collectDirectives(text, root)
  const found: Found = { diagnostics: [...document.diagnostics, ...diagnostics], secrets: [] }
  const fleet: FleetDomain[] = []
  if (kind.kind === 'fragment') await checkFragment(text, kind.root, target, found)
  else for (const domain of kind.roots) fleet.push(...(await checkDomain(text, domain, target, found)))
  const placing = new Placing(text, found.secrets)
  return {
    ...base,
    kind: kind.kind,
    checked: kind.kind === 'fragment' ? 1 : kind.roots.length,
    findings: inOrder(found.diagnostics).map((it) => placing.finding(it)),
    directives,
    fleet: fleet.map((facts) => ({ ...facts, entries: facts.entries.map((it) => ({ ...it, ...placed(placing, it) })) })),
  }
}

/** A file that could not be read, with what is known of it. */
export function unread(name: string, text: string, diagnostics: readonly Diagnostic[]): Inspected {
  const placing = new Placing(text, [])
  return {
    name,
    kind: 'unread',
    checked: 0,
    findings: diagnostics.map((it) => placing.finding(it)),
    directives: [],
    fleet: [],
  }
}

interface Found {
  readonly diagnostics: Diagnostic[]
  readonly secrets: Span[]
}

function placed(placing: Placing, { span }: { readonly span: Span | undefined }) {
  if (span === undefined) return {}
  const place = placing.place(span)
  return { place, lineText: placing.lineText(place.line) }
}

/** Reads XML; directives with a `--` are told and read. */
function readForLint(source: string | Uint8Array) {
  const document = readXml(source)
  if (document.diagnostics[0]?.code !== 'xml/hyphens-in-comment') return document
  const { text } = typeof source === 'string' ? document : decodeBytes(source)
  const mended = withoutHyphens(text)
  if (mended.diagnostics.length === 0) return document
  const again = readXml(mended.text)
  return { ...again, text, diagnostics: [...mended.diagnostics, ...again.diagnostics] }
}

async function checkDomain(
  text: string,
  root: XmlElement,
  target: InspectOptions['target'],
  found: Found,
): Promise<FleetDomain[]> {
  const wrong = root.local === 'inactiveDomain' ? undefined : wrongRoot(root)
  if (wrong !== undefined) {
    found.diagnostics.push(wrong)
    return []
  }
  const parsed = parseDomainElement(text, root, [], (advice) => found.diagnostics.push(advice))
  const chosen = await target(parsed)
  if (typeof chosen === 'string') {
    found.diagnostics.push(...parsed.diagnostics, noTarget(chosen, root))
    return []
  }
  const conversion = convert(parsed, chosen)
  found.diagnostics.push(...chosen.notes, ...conversion.diagnostics)
  found.secrets.push(...conversion.origins.secrets)
  return parsed.definition === undefined ? [] : [fleetFacts(root, parsed.definition, conversion.origins)]
}

async function checkFragment(
  text: string,
  root: XmlElement,
  target: InspectOptions['target'],
  found: Found,
): Promise<void> {
  const { source, inFragment } = embed(text, root)
  const { text: whole, root: domain } = readXml(source)
  if (domain === undefined) throw new Error('a fragment was readable alone, but is not in a domain')
  const parsed = parseDomainElement(whole, domain, [], (advice) => found.diagnostics.push(...inFragment([advice])))
  const chosen = await target(parsed)
  if (typeof chosen === 'string') {
    found.diagnostics.push(noTarget(chosen, root))
    return
  }
  const conversion = convert(parsed, chosen)
  found.diagnostics.push(...chosen.notes, ...inFragment(conversion.diagnostics))
  for (const { span } of inFragment(conversion.origins.secrets.map((span) => ({ span })))) {
    if (span !== undefined) found.secrets.push(span)
  }
}

function noTarget(reason: string, root: XmlElement): Diagnostic {
  return {
    code: 'lint/no-qemu',
    severity: 'error',
    message: `Nothing is known of a QEMU for this domain: ${reason}`,
    hint: 'Name one with --qemu or --capabilities, or in the configuration.',
    span: root.nameSpan,
  }
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const start = ({ span }: Diagnostic) => span?.start ?? Number.MAX_SAFE_INTEGER
  return [...diagnostics].sort((a, b) => start(a) - start(b))
}
