import { describe, expect, test } from 'vitest'
import { allProse, proseFrom, proseProblem } from '../../scripts/slices/prose.ts'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { isArch } from '../../src/capabilities/capabilities.ts'
import { convert } from '../../src/convert.ts'
import { documentOf } from '../../src/diagnostic/rule-page.ts'
import { genericHost } from '../../src/host/generic.ts'

const all = allProse()

test.each(all.map((it) => [it.file, it] as const))('the example of %s is right', async (_, { example, kind }) => {
  const where = example.startsWith('<domain') ? 'document' : kind === 'device' ? 'devices' : 'domain'
  const source = documentOf({ in: where }, example)
  const arch = /arch='(\w+)'/.exec(source)?.[1] ?? ''
  if (!isArch(arch)) throw new Error(`${arch} is no architecture`)
  const { build } = chooseBuild(arch, undefined)
  const { diagnostics } = convert(source, { capabilities: await loadBuiltin(build!), host: genericHost(arch) })
  // An example need not describe a host.
  const found = diagnostics.filter(({ severity, code }) => severity !== 'info' && !code.startsWith('host/'))
  expect(found.map(({ message }) => message)).toEqual([])
})

describe('refused is', () => {
  const prose = (text: string) => [proseFrom('src/devices/hub/hub.md', text)]

  test('an element without prose', () => {
    expect(proseProblem(prose(''), 'disk', 'device')).toContain('no prose')
    expect(proseProblem(prose(''), 'hub', 'section')).toContain('no prose')
  })

  test('prose without an example of the element', () => {
    expect(proseProblem(prose('A hub: `<hub/>`.'), 'hub', 'device')).toContain('no example')
    expect(proseProblem(prose("A hub.\n\n```xml\n<hubs type='usb'/>\n```"), 'hub', 'device')).toContain('no example')
    expect(proseProblem(prose("A hub.\n\n```xml\n<hub type='usb'/>\n```"), 'hub', 'device')).toBeUndefined()
  })
})
