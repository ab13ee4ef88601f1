import type { Child, Element, Shape } from '../../src/codec/description.ts'
import type { Since } from '../../src/codec/scalar.ts'
import { Release } from '../../src/release/release.ts'

/** One dated part of the description: `/domain/devices/graphics[@type=rdp]/@username`, `/domain/os/shim`, `…/@type=tdx`. */
export interface Dated {
  readonly since: Since
  readonly path: string
}

export const rankOf = (since: Since) => Release.of(since).rank

/**
 * Every dated attribute, element and value, in the order of the description: an element that stands in several places in
 * the first, and nothing that came with what it stands in.
 */
export function datedParts(root: Element<object>): Dated[] {
  const found = new Map<string, Since>()
  const seen = new Set<object>()
  const note = (path: string, since: Since | undefined, outer: number) => {
    if (since !== undefined && rankOf(since) > outer) found.set(path, since)
  }
  const words = (newer: { readonly [text: string]: Since } | undefined, path: string, outer: number) => {
    for (const [text, since] of Object.entries(newer ?? {})) note(`${path}=${text}`, since, outer)
  }
  const walk = (element: Element<object>, path: string, outer: number): void => {
    if (seen.has(element)) return
    seen.add(element)
    shape(element.shape, path, outer)
  }
  const shape = (it: Shape, path: string, outer: number): void => {
    for (const [key, field] of Object.entries(it.attributes ?? {})) {
      if (field.kind !== 'attribute') continue
      const place = `${path}/@${field.name ?? key}`
      note(place, field.since, outer)
      words(field.scalar.newer, place, outer)
    }
    for (const [key, field] of Object.entries(it.children ?? {})) {
      if (field.kind === 'choice') variants(field, it, path, outer)
      else child(field, `${path}/${field.name ?? key}`, outer)
    }
  }
  const variants = (field: Extract<Child, { kind: 'choice' }>, it: Shape, path: string, outer: number) => {
    const chooser = it.attributes?.[field.by]
    const dates = chooser?.kind === 'attribute' ? chooser.scalar.newer : undefined
    for (const [value, variant] of Object.entries(field.variants)) {
      const own = dates?.[value]
      shape(variant, `${path}[@${chooser?.name ?? field.by}=${value}]`, Math.max(outer, own ? rankOf(own) : 0))
    }
  }
  const child = (field: Exclude<Child, { kind: 'choice' }>, path: string, outer: number) => {
    note(path, field.since, outer)
    if (field.kind === 'child' || field.kind === 'many') {
      walk(field.element(), path, Math.max(outer, field.since ? rankOf(field.since) : 0))
    } else if (field.kind === 'text' || field.kind === 'texts') words(field.scalar.newer, path, outer)
  }
  walk(root, `/${root.name}`, rankOf('10.1'))
  return [...found].map(([path, since]) => ({ path, since }))
}

/** The smallest document with the part of that path, and how findings call its place. */
export function documentWith(path: string): { readonly text: string; readonly place: string } {
  const [, whole = '', word] = /^((?:[^=[]|\[[^\]]*\])*)(?:=(.*))?$/.exec(path) ?? []
  const steps = whole.slice(1).split(/\/(?![^[]*\])/)
  const place = `/${steps.map((step) => step.replace(/\[.*$/, '')).join('/')}`
  const last = steps.at(-1) ?? ''
  const inner = last.startsWith('@') ? '' : word
  const attribute = last.startsWith('@') ? ` ${last.slice(1)}='${word ?? 'x'}'` : ''
  const elements = last.startsWith('@') ? steps.slice(0, -1) : steps
  const text = elements.reduceRight((inside, step, index) => {
    const [, name = '', key, value] = /^([^[]+)(?:\[@(.*?)=(.*)\])?$/.exec(step) ?? []
    const chosen = key === undefined ? '' : ` ${key}='${value}'`
    return `<${name}${chosen}${index === elements.length - 1 ? attribute : ''}>${inside}</${name}>`
  }, inner ?? '')
  return { text, place }
}
