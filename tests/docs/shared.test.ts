import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { sharedElements, sharedPages } from '../../scripts/docs-shared.ts'
import type { Element } from '../../src/codec/description.ts'
import { element } from '../../src/codec/element.ts'
import { child, optional } from '../../src/codec/field.ts'
import { markdown } from '../../src/codec/markdown.ts'
import { text } from '../../src/codec/scalar.ts'

const inner = element('inner', 'Inside what is shared.', { attributes: { a: optional(text) } })
const common = element('common', 'What both have.', { children: { inner: child(inner) } })
const alone = element('alone', 'What one has.', { attributes: { a: optional(text) } })
const first = element('first', 'One.', { children: { common: child(common), alone: child(alone) } })
const second = element('second', 'Another.', {
  children: { common: child(common), again: child(common, { name: 'again' }) },
})
const pages = new Map<Element<object>, { name: string }>([
  [first, { name: 'first' }],
  [second, { name: 'second' }],
] as [Element<object>, { name: string }][])

describe('an element that several pages have', () => {
  const shared = sharedElements(pages)

  test('gets a page of its own, with what is inside it', () => {
    expect(shared).toEqual([{ element: common, users: ['first', 'second'] }])
    const { texts, places } = sharedPages(shared, new Map())
    expect([...places.values()]).toEqual(['shared/common.md'])
    expect(texts.get('common')).toContain('`<common>/<inner>`')
    expect(texts.get('common')).toContain('Used by [first](../first.md), [second](../second.md).')
  })

  test('is linked where it is used', () => {
    const { places } = sharedPages(shared, new Map())
    const page = markdown(first, { pages: places })
    expect(page).toContain('see [common](shared/common.md)')
    expect(page).not.toContain('Inside what is shared.')
    expect(page).toContain('What one has.')
  })

  test('is described once on a page', () => {
    expect(markdown(second).match(/What both have/g)).toHaveLength(1)
    expect(markdown(second)).toContain('see [above](#secondcommon)')
  })
})

test('every link between pages of elements has its end', () => {
  const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'docs/elements')
  const broken = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const links = [...readFileSync(join(folder, name), 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      return links
        .filter(([, link]) => !existsSync(join(folder, dirname(name), link!)))
        .map(([, link]) => `${name}: ${link}`)
    })
  expect(broken).toEqual([])
})
