import type { Child, Element, Shape } from '../codec/description.ts'
import { domain } from '../definition.ts'
import { kinds } from '../devices/registry.ts'
import { Release, type ReleaseName } from '../release/release.ts'
import { deviceRules, rules } from '../rules/registry.ts'
import { sections } from '../sections/registry.ts'

/** One thing that a release of libvirt brought or dropped. */
export interface ReleaseChange {
  readonly release: ReleaseName
  /** New vocabulary of the XML, or a rule of behaviour that begins or ends. */
  readonly kind: 'element' | 'attribute' | 'value' | 'rule-begins' | 'rule-ends'
  /** `/domain/devices/pstore`, `/domain/cpu/@mode=x`; for a rule the unit and its name. */
  readonly what: string
  /** One line about it, where the description has one. */
  readonly doc: string | undefined
}

/**
 * What changed in the releases after `from`, up to and with `to`, from the dated descriptions and rows; oldest first.
 * Dated values (`dated(…)`) that stand inside rules have no name of their own and are not listed.
 */
export function releaseChanges(from: Release, to: Release): ReleaseChange[] {
  const between = ({ release }: ReleaseChange) => {
    const { rank } = Release.of(release)
    return rank > from.rank && rank <= to.rank
  }
  const vocabulary: ReleaseChange[] = []
  walk(domain as unknown as Element<object>, '/domain', new Set(), vocabulary)
  return [...vocabulary, ...ruleChanges()]
    .filter(between)
    .sort((a, b) => Release.of(a.release).rank - Release.of(b.release).rank)
}

function walk(element: Element<object>, path: string, open: ReadonlySet<object>, out: ReleaseChange[]): void {
  if (open.has(element)) return
  walkShape(element.shape, path, new Set([...open, element]), out)
}

function walkShape(shape: Shape, path: string, open: ReadonlySet<object>, out: ReleaseChange[]): void {
  for (const [key, field] of Object.entries(shape.attributes ?? {})) {
    const what = `${path}/@${field.name ?? key}`
    if (field.since !== undefined) out.push({ release: field.since, kind: 'attribute', what, doc: field.doc })
    if (field.kind === 'attribute') values(field.scalar.newer, what, field.doc, out)
  }
  for (const [key, field] of Object.entries(shape.children ?? {})) {
    if (field.kind === 'choice')
      for (const variant of Object.values(field.variants)) walkShape(variant, path, open, out)
    else walkChild(key, field, path, open, out)
  }
}

function walkChild(
  key: string,
  field: Exclude<Child, { kind: 'choice' }>,
  path: string,
  open: ReadonlySet<object>,
  out: ReleaseChange[],
): void {
  const what = `${path}/${field.name ?? key}`
  const isElement = field.kind === 'child' || field.kind === 'many'
  // What came as a whole is one change: its parts came with it, or have a later date of their own.
  if (field.since !== undefined) {
    out.push({
      release: field.since,
      kind: 'element',
      what,
      doc: field.doc ?? (isElement ? field.element().doc : undefined),
    })
  }
  if (isElement) walk(field.element(), what, open, out)
  else if (field.kind === 'text' || field.kind === 'texts') values(field.scalar.newer, what, field.doc, out)
}

function values(
  newer: { readonly [text: string]: ReleaseName } | undefined,
  path: string,
  doc: string | undefined,
  out: ReleaseChange[],
): void {
  for (const [text, release] of Object.entries(newer ?? {}))
    out.push({ release, kind: 'value', what: `${path}=${text}`, doc })
}

interface Row {
  readonly name?: string
  readonly path?: string
  readonly what?: string
  readonly doc?: string
  readonly since?: ReleaseName
  readonly until?: ReleaseName
}

/** Every list in a unit is a list of rows, as the plan reads them. */
function ruleChanges(): ReleaseChange[] {
  const units: (readonly [string, object])[] = [
    ...Object.entries({ ...sections, ...kinds }),
    ['rules', { rules, deviceRules }],
  ]
  return units.flatMap(([unit, parts]) =>
    Object.values(parts)
      .filter((part): part is readonly Row[] => Array.isArray(part))
      .flatMap((rows) => rows.flatMap((row) => changesOf(unit, row))),
  )
}

function changesOf(unit: string, { name, path, what, doc, since, until }: Row): ReleaseChange[] {
  const said = `${unit}: ${name ?? path ?? what ?? ''}`
  return [
    ...(since === undefined ? [] : [{ release: since, kind: 'rule-begins', what: said, doc: doc ?? what } as const]),
    ...(until === undefined ? [] : [{ release: until, kind: 'rule-ends', what: said, doc: doc ?? what } as const]),
  ]
}
