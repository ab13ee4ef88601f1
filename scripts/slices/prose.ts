import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'

/** What a slice says of its element in prose: a few sentences, and an example. */
export interface Prose {
  /** `src/devices/disk/disk.md`. */
  readonly file: string
  /** `disk`. */
  readonly element: string
  readonly kind: 'device' | 'section'
  readonly text: string
  /** Empty where there is none. */
  readonly example: string
}

const block = /```xml\n([\s\S]*?)\n```/

/** Each slice's prose stands beside its description, in a file of the element's name. */
export function allProse(): Prose[] {
  return globSync(['src/devices/*/*.md', 'src/sections/*/*.md'])
    .sort()
    .map((file) => proseFrom(file, readFileSync(file, 'utf8').trim()))
}

export function proseFrom(file: string, text: string): Prose {
  const [, kind, element = ''] = /^src\/(devices|sections)\/[^/]+\/([^/]+)\.md$/.exec(file) ?? []
  return { file, element, kind: kind === 'devices' ? 'device' : 'section', text, example: block.exec(text)?.[1] ?? '' }
}

/** The prose of one element of the domain. */
export const proseOf = (all: readonly Prose[], element: string, kind: Prose['kind']): Prose | undefined =>
  all.find((it) => it.element === element && it.kind === kind)

/** What is wrong with the prose of an element: there is none, or it has no example of the element. */
export function proseProblem(all: readonly Prose[], element: string, kind: Prose['kind']): string | undefined {
  const prose = proseOf(all, element, kind)
  if (prose === undefined) return `<${element}> (${kind}): no prose beside its description (${element}.md)`
  const shows = new RegExp(`<(\\w+:)?${element}[\\s/>]`).test(prose.example)
  return shows ? undefined : `${prose.file}: no example of <${element}>`
}
