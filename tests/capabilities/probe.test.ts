import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, it, vi } from 'vitest'
import { readCapabilities } from '../../src/capabilities/file.ts'
import { probe } from '../../src/capabilities/probe/probe.ts'
import { probeCached } from '../../src/capabilities/probe/probe-cached.ts'
import { writeWhole } from '../../src/capabilities/probe/write-whole.ts'

const folder = mkdtempSync(join(tmpdir(), 'domxml-probe-'))
const script = fileURLToPath(new URL('fake-qemu.mjs', import.meta.url))
// Every case starts programs of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const limits = { answer: 10_000, whole: 30_000 }
let count = 0

/** A program of its own that behaves as told. */
function fakeQemu(behaviour = ''): string {
  const path = join(folder, `qemu-system-fake-${++count}`)
  writeFileSync(path, `#!/bin/sh\nFAKE_QEMU='${behaviour}' exec ${process.execPath} ${script} "$@"\n`)
  chmodSync(path, 0o755)
  return path
}

afterAll(() => rmSync(folder, { recursive: true }))

describe.concurrent('probing a QEMU', () => {
  it('gives its table, of KVM and of TCG', async ({ expect }) => {
    const { capabilities, diagnostics } = await probe(fakeQemu(), limits)
    expect(diagnostics).toEqual([])
    expect(capabilities?.table).toEqual({
      label: '9.1.2',
      version: { major: 9, minor: 1, micro: 2 },
      package: 'fake',
      arch: 'x86_64',
      flags: [
        'compat-deprecated',
        'cpu-max',
        'kvm',
        'query-cpu-definitions',
        'query-cpu-model-expansion',
        'tcg',
      ].concat(['vfio-pci', 'vfio-pci.vf-token', 'vnc']),
      accelerators: { kvm: expect.anything(), tcg: expect.anything() },
      gic: [],
      recordedOn: 'host',
    })
    expect(capabilities?.canonicalMachine('q35', 'tcg')).toBe('pc-q35-9.1')
    expect(capabilities?.hostCpu('kvm')?.properties).toEqual([
      { name: 'sse', type: 'boolean', value: true, migratable: true },
      { name: 'invtsc', type: 'boolean', value: true, migratable: false },
    ])
  })

  it.for([
    ['crashes', 'crash', 'assertion failed'],
    ['hangs', 'hang', 'no answer to device-list-properties'],
    ['ends amid an answer', 'truncate', 'ended with status 0'],
  ])('loses an answer where QEMU %s, not the probe', async ([, behaviour, reason], { expect }) => {
    const { capabilities, diagnostics } = await probe(fakeQemu(`${behaviour} usb-host`), { ...limits, answer: 3000 })
    expect(diagnostics).toMatchObject([{ code: 'capabilities/question-lost', severity: 'warning' }])
    expect(diagnostics[0]?.message).toContain('usb-host')
    expect(diagnostics[0]?.message).toContain(reason)
    expect(capabilities?.has('usb-host.hostdevice')).toBe(false)
    expect(capabilities?.has('vfio-pci.vf-token')).toBe(true)
    expect(capabilities?.accelerators).toEqual(['kvm', 'tcg'])
  })

  it.for([
    ['does not answer', 'silent', 'capabilities/no-answer', 'no greeting'],
    ['will not end', 'stubborn', 'capabilities/no-answer', 'no greeting'],
    ['is another program', 'babble', 'capabilities/not-a-qemu', 'Welcome'],
    ['never ends its line', 'flood', 'capabilities/n', ''],
    ['refuses to start', 'refuse', 'capabilities/qemu-failed', 'this host is not supported'],
    ['lies about its version', 'hostile query-version', 'capabilities/not-a-qemu', 'no version'],
    ['crashes on every question', 'crash query', 'capabilities/qemu-failed', 'assertion failed'],
  ] as const)('refuses a program that %s', async ([, behaviour, code, reason], { expect }) => {
    const { capabilities, diagnostics } = await probe(fakeQemu(behaviour), { answer: 3000, whole: 20_000 })
    expect(capabilities).toBeUndefined()
    const refusal = diagnostics.find(({ severity }) => severity === 'error')
    expect(refusal?.code).toContain(code)
    expect(refusal?.message).toContain(reason)
    expect(refusal?.hint).toBeTruthy()
  })

  it('gives up after the whole time', async ({ expect }) => {
    const { diagnostics } = await probe(fakeQemu('hang kvm'), { answer: 20_000, whole: 3000 })
    expect(diagnostics.at(-1)).toMatchObject({ code: 'capabilities/no-answer', severity: 'error' })
  })

  it.for([
    ['is not there', join(folder, 'nothing')],
    ['may not be executed', script],
    ['is a folder', folder],
  ] as const)('refuses a file that %s', async ([, binary], { expect }) => {
    const { capabilities, diagnostics } = await probe(binary, limits)
    expect(capabilities).toBeUndefined()
    expect(diagnostics).toMatchObject([{ code: 'capabilities/cannot-run', severity: 'error' }])
  })
})

describe.concurrent('the cache of probed tables', () => {
  it('keeps a table until the binary changes', async ({ expect }) => {
    const [binary, cache] = [fakeQemu(), join(folder, 'cache')]
    const first = await probeCached(binary, limits, cache)
    const second = await probeCached(binary, limits, cache)
    expect([first.cached, second.cached]).toEqual([false, true])
    expect(second.capabilities?.table).toEqual(first.capabilities?.table)
    utimesSync(binary, 1, 1)
    expect((await probeCached(binary, limits, cache)).cached).toBe(false)
  })

  it('asks again where the kept file is damaged, and mends it', async ({ expect }) => {
    const [binary, cache] = [fakeQemu(), join(folder, 'damaged')]
    await probeCached(binary, limits, cache)
    const [name = ''] = readdirSync(cache)
    writeFileSync(join(cache, name), '{"format": 1, ')
    expect((await probeCached(binary, limits, cache)).cached).toBe(false)
    expect(readCapabilities(readFileSync(join(cache, name), 'utf8')).capabilities?.label).toBe('9.1.2')
  })

  it('keeps no table that lacks an answer', async ({ expect }) => {
    const cache = join(folder, 'partial')
    expect((await probeCached(fakeQemu('crash usb-host'), limits, cache)).capabilities).toBeDefined()
    expect(existsSync(cache)).toBe(false)
  })

  it('is done without where its folder cannot be written', async ({ expect }) => {
    const binary = fakeQemu()
    expect((await probeCached(binary, limits, join(binary, 'below-a-file'))).capabilities).toBeDefined()
  })
})

describe('writing a file', () => {
  it('leaves nothing behind where it fails', async ({ expect }) => {
    const target = join(folder, 'target')
    await writeWhole(target, 'old')
    await writeWhole(target, 'new')
    expect(readFileSync(target, 'utf8')).toBe('new')
    const place = join(folder, 'place')
    mkdirSync(join(place, 'taken'), { recursive: true })
    await expect(writeWhole(join(place, 'taken'), 'a folder is in its place')).rejects.toThrow()
    expect(readdirSync(place)).toEqual(['taken'])
  })
})
