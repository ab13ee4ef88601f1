import { type Written, writeXml } from '../xml/writer.ts'

/** An element in the making: what a generator builds, a repair prunes and a shrinker takes apart. */
export interface Node {
  readonly name: string
  readonly attributes: Map<string, string>
  readonly children: Node[]
  text?: string
}

export function node(name: string): Node {
  return { name, attributes: new Map(), children: [] }
}

export const printNode = (root: Node): string => writeXml(written(root))

const written = ({ name, attributes, children, text }: Node): Written => ({
  name,
  attributes,
  children: children.map(written),
  text,
})

export function copyOf({ name, attributes, children, text }: Node): Node {
  const copy: Node = { name, attributes: new Map(attributes), children: children.map(copyOf) }
  if (text !== undefined) copy.text = text
  return copy
}

/** A part that can be left out: an attribute of an element, or a child of it. */
export type Part = { readonly owner: Node; readonly attribute: string } | { readonly owner: Node; readonly child: Node }

/** Every part, outer ones before inner ones, in document order. */
export function partsOf(root: Node): Part[] {
  const parts: Part[] = []
  let level = [root]
  while (level.length > 0) {
    for (const owner of level) for (const child of owner.children) parts.push({ owner, child })
    for (const owner of level) for (const attribute of owner.attributes.keys()) parts.push({ owner, attribute })
    level = level.flatMap(({ children }) => children)
  }
  return parts
}

export function leaveOut(part: Part): void {
  if ('attribute' in part) part.owner.attributes.delete(part.attribute)
  else part.owner.children.splice(part.owner.children.indexOf(part.child), 1)
}

/** What a finding's path (`/domain/devices/disk[2]/source/@file`) leads to: the innermost part that stands in the tree. */
export function partAt(root: Node, path: string): Part | undefined {
  let found: Part | undefined
  let owner = root
  for (const step of path.split('/').slice(2)) {
    if (step.startsWith('@')) {
      const attribute = step.slice(1)
      return owner.attributes.has(attribute) ? { owner, attribute } : found
    }
    const [, name, place = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? []
    const child = owner.children.filter((it) => it.name === name)[Number(place) - 1]
    if (child === undefined) return found
    found = { owner, child }
    owner = child
  }
  return found
}

/** Whether the part is still there: what held it may have been left out before. */
export function stands(part: Part): boolean {
  return 'attribute' in part || part.owner.children.includes(part.child)
}

const parents = { domain: /^(name|uuid|memory|os|devices)$/, os: /^type$/ } as const

/** Whether a domain can be one without the part. */
export function removable(part: Part): boolean {
  const { name } = part.owner
  if ('child' in part) return !(name === 'domain' || name === 'os') || !parents[name].test(part.child.name)
  return name !== 'domain' && !(name === 'type' && part.attribute === 'arch') && !part.attribute.startsWith('xmlns')
}
