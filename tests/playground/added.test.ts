import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { type Added, addedIn } from '../../src/codec/added.ts'
import { complete } from '../../src/convert.ts'
import { genericHost } from '../../src/host/generic.ts'
import { formatDomain } from '../../src/pipeline/format.ts'
import { parseDomain } from '../../src/pipeline/parse.ts'

const capabilities = await loadBuiltin(chooseBuild('x86_64', '9.0.0').build!)

function completed(source: string) {
  const { context } = complete(source, { capabilities, host: genericHost('x86_64') })
  const xml = formatDomain(context!.definition)
  const again = parseDomain(xml)
  const written = { value: context!.definition, origins: context!.origins }
  const found = addedIn(xml, written, { value: again.definition!, origins: again.origins })
  const textOf = ({ span }: Added) => xml.slice(span.start, span.end)
  return { xml, found, texts: found.map(textOf), rest: without(xml, found) }
}

function without(xml: string, found: readonly Added[]): string {
  let out = xml
  for (const { span } of [...found].reverse()) out = out.slice(0, span.start) + out.slice(span.end)
  return out
}

const example = readFileSync(new URL('../../examples/server.xml', import.meta.url), 'utf8')

test('an element, an attribute and a text that were added, each whole, with the reason', () => {
  const { texts, found } = completed(example)
  expect(texts).toContain('<emulator>/usr/bin/qemu-system-x86_64</emulator>')
  expect(texts).toContain("<address type='drive' controller='0' bus='0' target='0' unit='0'/>")
  const port = texts.findIndex((text) => text.startsWith("<controller type='pci' index='1' model='pcie-root-port'>"))
  expect(found[port]?.origin).toMatchObject({ kind: 'address' })
  expect(texts).toContain("machine='pc-q35-9.0'")
})

test('without what was added, only what was written is left', () => {
  const { rest } = completed(example)
  for (const kept of ["<source bridge='br0'/>", "<mac address='52:54:00:2d:11:7e'/>", '>4</vcpu>'])
    expect(rest).toContain(kept)
  expect(rest).not.toContain('<address ')
  expect(rest).not.toContain('pcie-root-port')
  expect(parseDomain(rest).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
})

test('nothing is added to what is complete', () => {
  const { xml } = completed(example)
  expect(completed(xml).texts).toEqual([])
})
