import { expect, test } from 'vitest'
import { chooseBuild, loadBuiltin } from './capabilities/builtin.ts'
import { convert, convertEach } from './convert.ts'
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
    expect([few.xml, few.argv]).toEqual([undefined, undefined])
  }
  expect(told(domain('g'), false).xml).toContain('<name>g</name>')
})

test('many are converted as each alone, in their order, whatever is wrong with one', () => {
  const options = { capabilities, host: genericHost('x86_64') }
  const sources = Array.from({ length: 60 }, (_, number) => (number % 7 === 3 ? '<domain' : domain(`g${number}`)))
  const each = [...convertEach(sources.map((source) => ({ source, options })))]
  expect(each).toEqual(sources.map((source) => convert(source, options)))
  expect(each[58]?.xml).toContain('<name>g58</name>')
})

test('of many no more are taken than go side by side', () => {
  let taken = 0
  function* endless() {
    for (;;) yield { source: domain(`g${taken++}`), options: { capabilities, host: genericHost('x86_64') } }
  }
  const conversions = convertEach(endless())
  expect(conversions.next().value?.xml).toContain('<name>g0</name>')
  expect(taken).toBeLessThan(100)
})
