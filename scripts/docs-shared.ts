import type { Element, Shape } from '../src/codec/description.ts'
import { Anchors, markdown } from '../src/codec/markdown.ts'

/** An element that several pages have, with the names of those pages. */
export interface SharedElement {
  readonly element: Element<object>
  readonly users: readonly string[]
}

type Users = Map<Element<object>, Set<string>>

function* childrenOf(shape: Shape): Iterable<Element<object>> {
  for (const field of Object.values(shape.children ?? {})) {
    if (field.kind === 'choice') for (const variant of Object.values(field.variants)) yield* childrenOf(variant)
    else if (field.kind === 'child' || field.kind === 'many') yield field.element()
  }
}

/**
 * The elements that more pages have than any element that holds them: they get a page of their own, and what is inside
 * them stands there too.
 * @param pages elements that have a page anyway, with its name
 */
export function sharedElements(pages: ReadonlyMap<Element<object>, { readonly name: string }>): SharedElement[] {
  const users: Users = new Map()
  const parents = new Map<Element<object>, Set<Element<object>>>()
  for (const [element, { name }] of pages) {
    const visit = (parent: Element<object>) => {
      for (const child of childrenOf(parent.shape)) {
        if (pages.has(child)) continue
        parents.set(child, (parents.get(child) ?? new Set()).add(parent))
        const known = users.get(child) ?? new Set()
        users.set(child, known)
        if (known.has(name)) continue
        known.add(name)
        visit(child)
      }
    }
    visit(element)
  }
  const count = (element: Element<object>) => users.get(element)?.size ?? 1
  return [...users]
    .filter(([element, { size }]) => size > 1 && [...(parents.get(element) ?? [])].some((it) => count(it) < size))
    .map(([element, names]) => ({ element, users: [...names] }))
}

export interface SharedPages {
  /** The text of each page by its file's name without `.md`. */
  readonly texts: ReadonlyMap<string, string>
  /** Where each shared element stands: `shared/alias.md`, with an anchor where the page has several. */
  readonly places: ReadonlyMap<Element<object>, string>
}

/**
 * One page a name: every shared `<source>` stands on `shared/source.md`.
 * @param links pages of other elements, from the folder above
 */
export function sharedPages(
  shared: readonly SharedElement[],
  links: ReadonlyMap<Element<object>, string>,
): SharedPages {
  const byName = new Map<string, SharedElement[]>()
  for (const it of shared) byName.set(it.element.name, [...(byName.get(it.element.name) ?? []), it])
  const places = new Map<Element<object>, string>()
  for (const [name, group] of byName) {
    const anchors = new Anchors()
    for (const { element } of group)
      places.set(element, `shared/${name}.md${group.length > 1 ? `#${anchors.next(name)}` : ''}`)
  }
  const seenFrom = new Map([
    ...[...links].map(([element, link]) => [element, `../${link}`] as const),
    ...[...places].map(([element, place]) => [element, place.slice('shared/'.length)] as const),
  ])
  const texts = new Map(
    [...byName].map(([name, group]) => {
      const parts = group.map(({ element, users }) => {
        const others = new Map([...seenFrom].filter(([other]) => other !== element))
        const used = users.map((user) => `[${user}](../${user}.md)`).join(', ')
        return `${markdown(element, { pages: others }).trimEnd()}\n\nUsed by ${used}.`
      })
      return [name, parts.join('\n\n')]
    }),
  )
  return { texts, places }
}
