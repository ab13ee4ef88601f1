import { describe, expect, test } from 'vitest'
import { element } from '../../src/codec/element.ts'
import { child, many, optional, required, textChild } from '../../src/codec/field.ts'
import { oneOf, text } from '../../src/codec/scalar.ts'
import { domain } from '../../src/definition.ts'
import { readXml } from '../../src/xml/read.ts'
import { elementsOf, textOf, type XmlElement } from '../../src/xml/tree.ts'
import { Random } from '../fuzz/mutate.ts'
import { compare, type Own } from './compare.ts'
import { fieldsOf, placesIn } from './fields.ts'
import { generate, type Plan } from './generate.ts'
import type { Answer } from './oracle.ts'
import { repair } from './repair.ts'
import { shrink } from './shrink.ts'
import { type Node, partAt, printNode } from './tree.ts'
import { Wanted } from './wanted.ts'

function treeOf(source: string): Node {
  const convert = (it: XmlElement): Node => {
    const children = elementsOf(it).map(convert)
    const made: Node = {
      name: it.name,
      attributes: new Map(it.attributes.map(({ name, value }) => [name, value])),
      children,
    }
    return children.length === 0 && textOf(it) !== '' ? Object.assign(made, { text: textOf(it) }) : made
  }
  return convert(readXml(source).root!)
}

const plan: Plan = { seed: 7, count: 12, each: 5, knows: () => true, refused: () => [] }
const printed = (changes: Partial<Plan> = {}) => generate({ ...plan, ...changes }).map(printNode)

describe('the generator', () => {
  test('makes the same domains of the same seed, and others of another', () => {
    expect(printed()).toEqual(printed())
    expect(printed({ seed: 8 })).not.toEqual(printed())
  })

  test('makes documents that are well-formed', () => {
    for (const xml of printed()) expect(readXml(xml).diagnostics).toEqual([])
  })

  test('brings every described field into as many domains as are wished for', { timeout: 30_000 }, () => {
    const made = generate({ ...plan, count: 420, each: 1 })
    const places = new Set(made.flatMap((root) => [...placesIn(root)]))
    expect([...fieldsOf(domain).keys()].filter((id) => !places.has(id))).toEqual([])
  })

  test('leaves out what the release does not know', () => {
    const old = generate({ ...plan, count: 20, knows: (since) => since === undefined })
    const known = fieldsOf(domain, (since) => since === undefined)
    const newer = [...fieldsOf(domain).keys()].filter((id) => !known.has(id))
    expect(newer).toContain('devices/pstore')
    const places = new Set(old.flatMap((root) => [...placesIn(root)]))
    expect(newer.filter((id) => places.has(id))).toEqual([])
  })
})

test('fields are told by their place, whatever the variant, and what contains itself once', () => {
  const inner: ReturnType<typeof box> = box()
  function box() {
    return element('box', 'A box.', {
      attributes: { name: required(text) },
      children: {
        label: textChild(text),
        size: many(element('size', 'Its size.', { attributes: { unit: optional(oneOf('m')) } })),
      },
    })
  }
  const outer = element('shelf', 'A shelf.', { children: { box: child(inner) } })
  expect([...fieldsOf(outer).keys()]).toEqual(['box', 'box@name', 'box/label', 'box/size', 'box/size@unit'])
})

test('a field that a repair takes out is tried in any variant, and then kept as a fault', () => {
  const field = { id: 'a@b', routes: [[{ key: 'a' }, { key: 'b', by: 'type', variant: 'x' }]], scalar: undefined }
  const wanted = new Wanted([field], 5, new Random(1))
  const nothing = new Set<string>()
  const ways = Array.from({ length: 5 }, () => {
    const wishes = wanted.next(1, true)
    wanted.seen(nothing, wishes)
    return [wishes.routes[0]?.some(({ stray }) => stray) ?? false, wishes.faults.length]
  })
  expect(ways).toEqual([
    [false, 0],
    [false, 0],
    [true, 0],
    [true, 0],
    [false, 1],
  ])
})

describe('a repair', () => {
  const source =
    "<domain type='qemu'><name>a</name><devices><disk good='no'/><disk bad='1' good='2'/><hub/></devices></domain>"
  const refused = (root: Node) => (printNode(root).includes('bad=') ? ['/domain/devices/disk[2]/@bad'] : [])

  test('leaves out what is refused, and nothing else', () => {
    expect(printNode(repair(treeOf(source), refused, new Random(1), []))).toBe(
      printNode(treeOf(source.replace(" bad='1'", ''))),
    )
  })

  test('keeps a fault that is meant', () => {
    expect(printNode(repair(treeOf(source), refused, new Random(1), ['devices/disk@bad']))).toBe(
      printNode(treeOf(source)),
    )
  })

  test('keeps a fault of another namespace', () => {
    const override = "<domain type='qemu'><name>a</name><qemu:override><qemu:device bad='1'/></qemu:override></domain>"
    const bad = (root: Node) => (printNode(root).includes('bad=') ? ['/domain/qemu:override/qemu:device[1]/@bad'] : [])
    const kept = repair(treeOf(override), bad, new Random(1), ['override/device@bad'])
    expect(printNode(kept)).toBe(printNode(treeOf(override)))
  })

  test('comes to an end where the fault stays, and keeps what makes a domain', () => {
    const left = repair(treeOf(source), () => ['/domain/devices', undefined], new Random(1), [])
    expect(printNode(left)).toBe(printNode(treeOf("<domain type='qemu'><name>a</name><devices/></domain>")))
  })

  test('finds the part of a path, or what is around it', () => {
    const root = treeOf(source)
    expect(partAt(root, '/domain/devices/disk[2]/@good')).toMatchObject({ attribute: 'good' })
    expect(partAt(root, '/domain/devices/disk[2]/source')).toMatchObject({ child: { name: 'disk' } })
    expect(partAt(root, '/domain')).toBeUndefined()
  })
})

test('a domain is shrunk to the parts that its disagreement needs, many domains side by side', () => {
  const kinds = ['disk', 'video', 'rng', 'hub', 'input', 'sound', 'panic']
  const devices = kinds.map((kind) => `<${kind} a='1' b='2'><x/><y>t</y></${kind}>`).join('')
  const root = treeOf(`<domain type='qemu'><name>a</name><title>t</title><devices>${devices}</devices></domain>`)
  let questions = 0
  const [both, one] = shrink([root, root], (asked) => {
    questions++
    return asked.map(({ number, domain: it }) => {
      const xml = printNode(it)
      return /<rng[^>]*b='2'/.test(xml) && (number === 1 || /<sound[^>]*>\s*<x\/>/.test(xml))
    })
  })
  const smallest = (inner: string) =>
    printNode(treeOf(`<domain type='qemu'><name>a</name><devices>${inner}</devices></domain>`))
  expect(printNode(both!)).toBe(smallest("<rng b='2'/><sound><x/></sound>"))
  expect(printNode(one!)).toBe(smallest("<rng b='2'/>"))
  expect(questions).toBeLessThan(20)
})

describe('two answers', () => {
  const own = (changes: Partial<Own> = {}): Own => ({
    diagnostics: [],
    xml: '<domain/>\n',
    argv: '/bin/qemu -S',
    ...changes,
  })
  const answer = (changes: Partial<Answer> = {}): Answer => ({
    define: 'ok',
    xml: '<domain/>\n',
    native: 'ok',
    args: '/bin/qemu -S\n',
    ...changes,
  })
  const error = (when: 'define' | 'start') => ({ code: 'disk/bad', severity: 'error', message: 'bad', when }) as const

  test('are one where both refuse at the same stage, or say the same', () => {
    expect(compare(answer(), own())).toBeUndefined()
    expect(compare(answer({ define: 'error: no' }), own({ diagnostics: [error('define')] }))).toBeUndefined()
    expect(compare(answer({ native: 'error: no' }), own({ diagnostics: [error('start')] }))).toBeUndefined()
  })

  test('part where one refuses and the other does not, or at another stage', () => {
    expect(compare(answer(), own({ diagnostics: [error('define')] }))).toMatchObject({ kind: 'refused: disk/bad' })
    expect(compare(answer({ native: "error: no '7' of 12" }), own())).toMatchObject({
      check: 'start',
      kind: 'not refused: no … of N',
    })
    expect(compare(answer({ native: 'error: no' }), own({ diagnostics: [error('define')] }))).toMatchObject({
      check: 'define',
    })
  })

  test('are told by the first part that differs, without the particulars', () => {
    const differs = (theirs: string, ours: string) => compare(answer({ xml: theirs }), own({ xml: ours }))?.kind
    const wanted = "<domain>\n  <a x='1' y='2'/>\n</domain>\n"
    expect(differs(wanted, "<domain>\n  <a x='1' y='3'/>\n</domain>\n")).toBe('domain › <a y')
    expect(differs(wanted, '<domain>\n  <b/>\n</domain>\n')).toBe('domain › <a expected, <b got')
    const args = compare(
      answer({ args: '/bin/qemu -S -m size=5k,slots=3\n' }),
      own({ argv: '/bin/qemu -S -m size=5k,slots=4' }),
    )
    expect(args).toMatchObject({ check: 'argv', kind: '-m slots' })
  })

  test('are not compared at the start where the oracle ended over the question', () => {
    expect(
      compare(answer({ native: undefined, args: undefined as never }), own({ argv: '/bin/other' })),
    ).toBeUndefined()
  })
})
