import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answers } from '../../playground/src/core/answers.ts'
import type { Choices } from '../../playground/src/core/protocol.ts'
import { kindOf } from '../../playground/src/page/files.ts'
import { fromFragment, toFragment } from '../../playground/src/page/link.ts'
import { printShell } from '../../src/argv/print.ts'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { convert } from '../../src/convert.ts'
import { genericHost } from '../../src/host/generic.ts'
import { Release } from '../../src/release/release.ts'

const text = readFileSync(new URL('../../examples/vf-token.xml', import.meta.url), 'utf8')
const choices: Choices = { libvirt: '12.8', qemu: '9.0.0', host: 'generic' }
const token = /uuid='([0-9a-f-]{36})'\/>/.exec(text)![1]!

test('the rows of the page are the command line', async () => {
  const { rows } = await answers.convert({ text, choices, secrets: true })
  const shown = rows!.map(({ option, pieces }) =>
    [option, pieces.map((it) => it.text).join('')].filter((it) => it).join(' '),
  )
  const capabilities = await loadBuiltin(chooseBuild('x86_64', '9.0.0').build!)
  const { argv } = convert(text, { capabilities, host: genericHost('x86_64'), release: Release.of('12.8') })
  const printed = printShell(argv!)
    .trimEnd()
    .split(' \\\n')
    .map((line) => line.replaceAll("'", ''))
  expect(shown.map((line) => line.replace(/= /, '='))).toEqual(printed)
})

test('secrets are hidden unless they are asked for', async () => {
  const hidden = await answers.convert({ text, choices, secrets: false })
  expect(JSON.stringify(hidden)).not.toContain(token)
  expect(hidden.secrets).toBe(2)
  expect(JSON.stringify(await answers.convert({ text, choices, secrets: true }))).toContain(token)
  const shared = await answers.hideSecrets({ text })
  expect(shared).not.toContain(token)
  expect(shared.length).toBe(text.length)
})

test('a piece knows its place in the XML, down to one property', async () => {
  const { rows } = await answers.convert({ text, choices, secrets: false })
  const pieces = rows!.flatMap((row) => row.pieces)
  const host = pieces.find((piece) => piece.text.includes('0000:03:00.1'))
  const places = host!.sources.map(({ span }) => text.slice(span!.start, span!.end))
  expect(places).toContain('0x03')
})

test('another release, QEMU, host and architecture', async () => {
  const other = await answers.convert({
    text,
    choices: { libvirt: '10.1', qemu: '6.2.0', host: 'fedora' },
    secrets: false,
  })
  expect(other).toMatchObject({ libvirt: '10.1', qemu: '6.2.0' })
  expect(other.findings.map(({ code }) => code)).toContain('hostdev/vf-token-unsupported')
  const edit = await answers.chooseArch({ text, arch: 'aarch64' })
  expect(text.slice(edit!.span.start, edit!.span.end)).toBe('x86_64')
  const compared = await answers.compare({ text, choices, other: { ...choices, qemu: '8.1.0' }, what: 'xml' })
  expect(compared!.names).toEqual([expect.stringMatching(/^libvirt 12\.8, QEMU 9\.0\.0/), 'libvirt 12.8, QEMU 8.1.0'])
  expect(compared!.left).not.toEqual(compared!.right)
})

test('a QEMU that the architecture does not have is answered by the newest', async () => {
  const riscv = "<domain type='qemu'><name>r</name><memory>1</memory><os><type arch='riscv64'>hvm</type></os></domain>"
  const { arch, findings } = await answers.convert({
    text: riscv,
    choices: { ...choices, qemu: '4.2.0' },
    secrets: false,
  })
  expect(arch).toBe('riscv64')
  expect(findings.map(({ code }) => code)).toContain('capabilities/no-build')
})

test('what is no XML has findings, and nothing else', async () => {
  const broken = await answers.convert({ text: '<domain', choices, secrets: false })
  expect(broken.rows).toBeUndefined()
  expect(broken.findings.some(({ severity }) => severity === 'error')).toBe(true)
  expect(await answers.complete({ text: '<domain', choices })).toBeUndefined()
  expect(await answers.topology({ text: '<domain', choices })).toBeUndefined()
  expect(await answers.print({ text: '<domain', choices, format: 'json', secrets: false })).toBeUndefined()
})

describe('links', () => {
  test('hold all that is shown', async () => {
    const shared = { xml: `${text}ü€😀`, choices, tab: 'topology' }
    const fragment = await toFragment(shared)
    expect(fragment).toMatch(/^1\.[A-Za-z0-9_-]+$/)
    expect(fragment.length).toBeLessThan(text.length)
    expect(await fromFragment(`#${fragment}`)).toEqual(shared)
  })

  test.each(['', '#', '#1.', '#1.!!!', '#2.abc', '#1.AAAA', '#section'])('%j is none', async (fragment) => {
    expect(await fromFragment(fragment)).toBeUndefined()
  })

  test('take texts only', async () => {
    const wrong = { xml: 5, choices: {}, tab: 'x' } as never
    expect(await fromFragment(await toFragment(wrong))).toBeUndefined()
    const odd = { xml: '<a/>', choices: { libvirt: {}, qemu: 'x'.repeat(200) }, tab: [] } as never
    expect((await fromFragment(await toFragment(odd)))?.choices).toMatchObject({ libvirt: '12.8', qemu: 'latest' })
  })
})

test.each([
  ['<domain/>', 'domain'],
  ['<?xml version="1.0"?>\n<qemuCaps/>', 'capabilities'],
  ['{"flags": [], "accelerators": {}}', 'capabilities'],
  ['{"pci": []}', 'host'],
])('a file %j is a %s', (content, kind) => {
  expect(kindOf(content)).toBe(kind)
})
