import type { Child, Element, Shape } from '../../src/codec/description.ts'
import type { Scalar, Since } from '../../src/codec/scalar.ts'
import type { Node } from './tree.ts'

/** A step of a route into a description: what to fill in here, in which variant of the element. */
export interface Step {
  readonly key: string
  readonly by?: string
  readonly variant?: string
  /** It stands where no variant that has it does. */
  readonly stray?: true
}

/** Everything that stands at one place of the XML (`devices/disk/source@file`), and each way of the description to it. */
export interface Field {
  readonly id: string
  readonly routes: readonly (readonly Step[])[]
  readonly scalar: Scalar<unknown> | undefined
}

/** Whether the release that is asked about has what is of that date. */
export type Knows = (since: Since | undefined) => boolean

type Plain = Exclude<Child, { kind: 'choice' }>

/** An attribute or child of an element, in one of its variants or in all. */
interface Member {
  readonly step: Step
  readonly name: string
  readonly since: Since | undefined
  readonly attribute?: Scalar<unknown>
  readonly child?: Plain
}

function* membersOf(shape: Shape, variant?: { by: string; variant: string }): Generator<Member> {
  for (const [key, field] of Object.entries(shape.attributes ?? {})) {
    if (field.kind === 'attribute') {
      yield { step: { key, ...variant }, name: field.name ?? key, since: field.since, attribute: field.scalar }
    }
  }
  for (const [key, field] of Object.entries(shape.children ?? {})) {
    if (field.kind !== 'choice')
      yield { step: { key, ...variant }, name: field.name ?? key, since: field.since, child: field }
    else
      for (const [it, inner] of Object.entries(field.variants)) yield* membersOf(inner, { by: field.by, variant: it })
  }
}

const again = (child: Plain, above: readonly Element<object>[]) =>
  (child.kind === 'child' || child.kind === 'many') && above.includes(child.element())

/** Every field below an element, by its place. What contains itself (a backing chain) counts once. */
export function fieldsOf(root: Element<object>, knows: Knows = () => true): Map<string, Field> {
  const found = new Map<string, { id: string; routes: Step[][]; scalar: Scalar<unknown> | undefined }>()
  const add = (id: string, route: Step[], scalar?: Scalar<unknown>) => {
    const known = found.get(id)
    if (known === undefined) found.set(id, { id, routes: [route], scalar })
    else known.routes.push(route)
  }
  const walk = (element: Element<object>, place: string, route: Step[], above: readonly Element<object>[]) => {
    if (element.shape.value !== undefined) add(`${place}#`, [...route, { key: '#' }], element.shape.value)
    for (const { step, name, since, attribute, child } of membersOf(element.shape)) {
      const here = [...route, step]
      if (!knows(since)) continue
      if (attribute !== undefined) add(`${place}@${name}`, here, attribute)
      if (child === undefined || again(child, above)) continue
      const below = place === '' ? name : `${place}/${name}`
      add(below, here, child.kind === 'text' || child.kind === 'texts' ? child.scalar : undefined)
      if (child.kind !== 'child' && child.kind !== 'many') continue
      walk(child.element(), below, here, [...above, child.element()])
    }
  }
  walk(root, '', [], [root])
  return found
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/** The places of the fields that a document fills in, each once. */
export function placesIn(root: Node): Set<string> {
  const places = new Set<string>()
  const walk = ({ attributes, children, text }: Node, place: string, above: readonly string[]) => {
    for (const name of attributes.keys()) if (!name.startsWith('xmlns')) places.add(`${place}@${name}`)
    if (text !== undefined) places.add(`${place}#`)
    for (const child of children) {
      const name = localName(child.name)
      const again = above.at(-1) === name
      const below = again ? place : place === '' ? name : `${place}/${name}`
      places.add(below)
      walk(child, below, again ? above : [...above, name])
    }
  }
  walk(root, '', [])
  return places
}
