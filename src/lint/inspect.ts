import { type Arch, isArch } from '../capabilities/capabilities.ts'
import type { ConvertOptions } from '../conversion.ts'
import { converting } from '../convert.ts'
import { type Diagnostic, inDocumentOrder, refusesDefine, type Span } from '../diagnostic/diagnostic.ts'
import { parseDomainElement } from '../pipeline/parse.ts'
import { withDeclaration } from '../pipeline/vocabulary.ts'
import { wrongRoot } from '../pipeline/wrong-root.ts'
import { inTurns, type Staged } from '../staged.ts'
import { decodeBytes } from '../xml/decode.ts'
import { readingXml, readXml, type XmlDocument } from '../xml/read.ts'
import { attributeOf, elementsOf, type XmlElement } from '../xml/tree.ts'
import { classify } from './document.ts'
import type { Place, RawFinding } from './finding.ts'
import { fleetFacts } from './fleet/collect.ts'
import type { FleetDomain } from './fleet/facts.ts'
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
  /** Where each of `directives` stands. */
  readonly directivePlaces: readonly Place[]
  /** What other files may clash with. */
  readonly fleet: readonly FleetDomain[]
}

/** What a domain is checked against. */
export interface Target extends ConvertOptions {
  /** About the choice itself. */
  readonly notes: readonly Diagnostic[]
}

export interface InspectOptions {
  /** As it is to be shown. */
  readonly name: string
  /** What to check a domain of this architecture and machine type against; a text where there is nothing, which says why. */
  readonly target: (arch: Arch, machine?: string) => Promise<Target | string>
  /** What other files may clash with is wanted, too: `fleet` is empty where absent. */
  readonly fleet?: boolean | undefined
  /** Is waited for between two stages. Inspections that run side by side go from stage to stage together, whatever it is. */
  readonly rest?: (() => Promise<unknown>) | undefined
}

/** Reads a document and finds everything about it. Never throws for what the document holds. */
export async function inspect(source: string | Uint8Array, options: InspectOptions): Promise<Inspected> {
  const { name, rest = microtask } = options
  const document = await inTurns(readingForLint(source), rest)
  const { text, root } = document
  if (root === undefined) return unread(name, text, document.diagnostics)
  const kind = classify(root)
  const base = { name, root: root.name }
  if (kind.kind === 'foreign') {
    return { ...base, kind: 'foreign', checked: 0, findings: [], directives: [], directivePlaces: [], fleet: [] }
  }
  const { directives, diagnostics } = collectDirectives(text, root)
  const found: Found = {
    diagnostics: [...document.diagnostics.map((it) => withDeclaration(it, text, root)), ...diagnostics],
    secrets: [],
  }
  const fleet: FleetDomain[] = []
  const checking = { ...options, rest }
  if (kind.kind === 'fragment') await checkFragment(text, kind.root, checking, found)
  else for (const domain of kind.roots) fleet.push(...(await checkDomain(text, domain, checking, found)))
  await rest()
  const placing = new Placing(text, found.secrets)
  return {
    ...base,
    kind: kind.kind,
    checked: kind.kind === 'fragment' ? 1 : kind.roots.length,
    findings: inDocumentOrder(found.diagnostics).map((it) => placing.finding(it)),
    directives,
    directivePlaces: directives.map(({ span }) => placing.place(span)),
    fleet: fleet.map((facts) => ({
      ...facts,
      entries: facts.entries.map((it) => ({ ...it, ...placed(placing, it) })),
      places: Object.fromEntries((facts.vfio?.devices ?? []).map((it) => [it.span?.start ?? -1, placed(placing, it)])),
    })),
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
    directivePlaces: [],
    fleet: [],
  }
}

/** Enough where nothing but other inspections waits. */
const microtask = () => Promise.resolve()

type Checking = InspectOptions & Required<Pick<InspectOptions, 'rest'>>

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
function* readingForLint(source: string | Uint8Array): Staged<XmlDocument> {
  const document = yield* readingXml(source)
  if (document.diagnostics[0]?.code !== 'xml/hyphens-in-comment') return document
  const { text } = typeof source === 'string' ? document : decodeBytes(source)
  const mended = withoutHyphens(text)
  if (mended.diagnostics.length === 0) return document
  const again = yield* readingXml(mended.text)
  return { ...again, text, diagnostics: [...mended.diagnostics, ...again.diagnostics] }
}

async function checkDomain(
  text: string,
  root: XmlElement,
  { target, rest, fleet = false }: Checking,
  found: Found,
): Promise<FleetDomain[]> {
  const wrong = root.local === 'inactiveDomain' ? undefined : wrongRoot(root)
  if (wrong !== undefined) {
    found.diagnostics.push(wrong)
    return []
  }
  const chosen = await target(archOf(root), typeOf(root, 'machine'))
  await rest()
  if (typeof chosen === 'string') {
    found.diagnostics.push(noTarget(chosen, root))
    return []
  }
  const advise = (advice: Diagnostic) => found.diagnostics.push(advice)
  const parsed = parseDomainElement(text, root, { release: chosen.release, advise })
  const conversion = await inTurns(converting(parsed, chosen), rest)
  found.diagnostics.push(...chosen.notes, ...conversion.diagnostics)
  found.secrets.push(...conversion.origins.secrets)
  // What is refused asks for nothing, and may lack what it names.
  if (!fleet || !isAlone(root) || parsed.definition === undefined || refusesDefine(conversion.diagnostics)) return []
  return [fleetFacts(root, parsed.definition, conversion.origins)]
}

async function checkFragment(text: string, root: XmlElement, { target, rest }: Checking, found: Found): Promise<void> {
  const { source, inFragment } = embed(text, root)
  const { text: whole, root: domain } = readXml(source)
  if (domain === undefined) throw new Error('a fragment was readable alone, but is not in a domain')
  const chosen = await target(archOf(domain), typeOf(domain, 'machine'))
  if (typeof chosen === 'string') {
    found.diagnostics.push(noTarget(chosen, root))
    return
  }
  const advise = (advice: Diagnostic) => found.diagnostics.push(...inFragment([advice]))
  const parsed = parseDomainElement(whole, domain, { release: chosen.release, advise })
  const conversion = await inTurns(converting(parsed, chosen), rest)
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

/** A snapshot's domain is the guest itself once more, not another one. */
function isAlone({ parent }: XmlElement): boolean {
  return parent === undefined || parent.local === 'domains'
}

/** The architecture that a domain names; x86_64 where it names none that is known. */
function archOf(root: XmlElement): Arch {
  const arch = typeOf(root, 'arch')
  return arch !== undefined && isArch(arch) ? arch : 'x86_64'
}

/** What `<type>` in `<os>` says of the guest. */
function typeOf(root: XmlElement, attribute: 'arch' | 'machine'): string | undefined {
  const os = elementsOf(root).find(({ local }) => local === 'os')
  const type = os && elementsOf(os).find(({ local }) => local === 'type')
  return type && attributeOf(type, attribute)?.value
}
