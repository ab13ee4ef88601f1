import { expect, test } from 'vitest'
import { chooseBuild, loadBuiltin } from './capabilities/builtin.ts'
import { convert } from './convert.ts'
import { genericHost } from './host/generic.ts'

const capabilities = await loadBuiltin(chooseBuild('x86_64').build!)
const domain = (name: string) => `<domain type='qemu'><name>${name}</name><memory>1024</memory><frob/>
  <os><type arch='x86_64' machine='q35'>hvm</type></os></domain>`
const told = (source: string, findingsOnly: boolean) =>
  convert(source, { capabilities, host: genericHost('x86_64'), purpose: 'check', findingsOnly })

test('where only findings are wanted they are the same, and nothing is printed', () => {
  for (const source of [domain('g'), domain(''), '<domain']) {
    const [all, few] = [told(source, false), told(source, true)]
    expect(few.diagnostics).toEqual(all.diagnostics)
    expect(few.argv === undefined).toBe(all.argv === undefined)
    expect(few.xml).toBeUndefined()
  }
  expect(told(domain('g'), false).xml).toContain('<name>g</name>')
})
