import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { choice, element } from '../../src/codec/element.ts'
import { child, optional, required } from '../../src/codec/field.ts'
import { oneOf, text } from '../../src/codec/scalar.ts'
import { domain } from '../../src/definition.ts'
import { missing } from './missing.ts'
import { Grammar } from './rng.ts'

/** A folder of libvirt 12.8's schemas: LIBVIRT_SCHEMAS, or that of an oracle. */
const folder = process.env.LIBVIRT_SCHEMAS ?? '/tmp/libvirt-oracle/debian-sid/usr/share/libvirt/schemas'
const isThere = existsSync(`${folder}/domain.rng`)
if (!isThere) console.log(`SKIPPED the walk over libvirt's schema: ${folder} is not there (LIBVIRT_SCHEMAS)`)

const listed = readFileSync(new URL('missing.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

test.skipIf(!isThere)("everything in libvirt's schema is described, or listed with why not", () => {
  const grammar = Grammar.read(folder, 'domain.rng')
  const found = missing(grammar, grammar.elements('domain'), domain)
  expect({ new: found.filter((it) => !listed.includes(it)), gone: listed.filter((it) => !found.includes(it)) }).toEqual(
    {
      new: [],
      gone: [],
    },
  )
})

describe('the walk', () => {
  const grammar = Grammar.of(`<grammar xmlns='http://relaxng.org/ns/structure/1.0'>
    <define name='car'><element name='car'><ref name='facts'/><optional><element name='wheel'><attribute name='size'/>
      <zeroOrMore><ref name='car'/></zeroOrMore></element></optional></element></define>
    <define name='facts'><attribute name='kind'><choice><value>old</value><value>new</value></choice></attribute>
      <interleave><element name='bell'><text/></element></interleave></define></grammar>`)
  const wheel = element('wheel', 'A wheel.', { attributes: { size: optional(text) } })

  test('finds attributes, words and children, also through references', () => {
    const car = element('car', 'A car.', { attributes: { kind: required(oneOf('old')) } })
    expect(missing(grammar, grammar.elements('car'), car)).toEqual(['@kind=new', 'bell', 'wheel'])
  })

  test('looks into every variant, and below what is described', () => {
    const bell = element('bell', 'A bell.', {})
    const car = element('car', 'A car.', {
      attributes: { kind: required(oneOf('old', 'new')) },
      children: {
        by: choice('kind', { old: { children: { bell: child(bell) } }, new: { children: { wheel: child(wheel) } } }),
      },
    })
    expect(missing(grammar, grammar.elements('car'), car)).toEqual(['wheel/car'])
  })
})
