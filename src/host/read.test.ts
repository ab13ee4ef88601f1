import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from '../json/text.ts'
import { defaultFacts } from './defaults.ts'
import { hostFileSchema } from './file.ts'
import { readHost } from './read.ts'

function findings(file: unknown) {
  const text = typeof file === 'string' ? file : JSON.stringify(file)
  return readHost(text, 'x86_64').diagnostics.map(({ code, path, span, message }) => ({
    at: `${code} ${path ?? ''}`,
    marked: span && text.slice(span.start, span.end),
    message,
  }))
}

describe('a host file', () => {
  test('leaves what it does not say to the generic host', () => {
    const { host } = readHost('{"config": {"vncListen": "0.0.0.0"}, "arch": "s390x"}', 'x86_64')
    expect(host?.arch).toBe('s390x')
    expect(host?.config).toEqual({ ...defaultFacts('s390x').config, vncListen: '0.0.0.0' })
    const { firmware: _, vhostUser: _helpers, ...others } = defaultFacts('ppc64')
    expect(readHost('{}', 'ppc64').host).toMatchObject(others)
    expect(readHost('{}', 'ppc64').host?.firmware).not.toEqual([])
  })

  test('a whole set of facts passes the schema', () => {
    expect(findings(defaultFacts('x86_64'))).toEqual([])
  })

  test('gives descriptors, networks, pools and secrets their answers', () => {
    const key = Buffer.alloc(32, 1).toString('base64')
    const { host, diagnostics } = readHost(
      JSON.stringify({
        descriptors: { bridgeTap: 30 },
        networks: [
          { xml: "<network><name>default</name><forward/><bridge name='virbr0'/></network>" },
          {
            network: { name: 'n', portGroups: [], devices: [], addresses: [], physicalFunctions: [], ipAddresses: [] },
            portXml: "<networkport><plug type='bridge' bridge='br1'/></networkport>",
          },
          {
            xml: '<network><name>p</name></network>',
            port: { plug: { type: 'direct', device: 'eth0', mode: 'bridge' } },
          },
        ],
        storagePools: [
          {
            xml: "<pool type='dir'><name>images</name></pool>",
            volumes: [{ name: 'a.img', type: 'file', path: '/images/a.img' }],
          },
        ],
        secrets: [
          { uuid: 'AAAAAAAA-0000-0000-0000-000000000001', value: 'one' },
          { type: 'volume', usage: '/a', base64: 'dHdv' },
        ],
        masterKey: { key, iv: Buffer.alloc(16, 2).toString('base64') },
        randomSeed: 'x',
      }),
      'x86_64',
    )
    expect(diagnostics).toEqual([])
    expect(host?.resources.taps('bridge', 2)).toEqual([30, 31])
    expect(host?.networks.find('default')?.port.plug).toEqual({ type: 'network', bridge: 'virbr0' })
    expect(host?.networks.find('n')?.port.plug).toEqual({ type: 'bridge', bridge: 'br1' })
    expect(host?.networks.find('p')?.port.plug).toMatchObject({ type: 'direct', device: 'eth0' })
    expect(host?.storagePools.find('images')?.volume('a.img')?.path).toBe('/images/a.img')
    const value = (reference: { type: string; uuid?: string; usage?: string }) => {
      const bytes = host?.secrets.find(reference)
      return bytes && new TextDecoder().decode(bytes)
    }
    expect(value({ type: 'ceph', uuid: 'aaaaaaaa000000000000000000000001' })).toBe('one')
    expect(value({ type: 'passphrase', usage: '/a' })).toBe('two')
    expect(value({ type: 'ceph', usage: '/a' })).toBeUndefined()
    expect(host?.secrets.seal('')?.data).toHaveLength(24)
  })

  test.each([
    ['host/unknown-key /confg', { confg: {} }, '{}'],
    ['host/unknown-key /config/vncListn', { config: { vncListn: 'secret' } }, '"secret"'],
    ['host/wrong-type /privileged', { privileged: 'yes' }, '"yes"'],
    ['host/bad-value /config/seccompSandbox', { config: { seccompSandbox: 2 } }, '2'],
    ['host/bad-value /vsockAutoCid', { vsockAutoCid: 1 }, '1'],
    ['host/bad-value /environment/PATH', { environment: { PATH: '/bin\0' } }, '"/bin\\u0000"'],
    ['host/bad-value /environment', { environment: { 'A\0': '' } }, '{"A\\u0000":""}'],
    ['host/missing-key /clock', { clock: { unixTime: 1 } }, '{"unixTime":1}'],
    ['host/bad-value /pci/0/address', { pci: [{ address: '1:2.3' }] }, '"1:2.3"'],
    ['host/incomplete-entry /networks/0', { networks: [{}] }, '{}'],
    ['host/incomplete-entry /storagePools/0', { storagePools: [{ volumes: [] }] }, '{"volumes":[]}'],
    ['host/incomplete-entry /secrets/0', { secrets: [{ uuid: 'a' }] }, '{"uuid":"a"}'],
    ['host/bad-master-key /masterKey', { masterKey: { key: 'AA==', iv: 'AA==' } }, '{"key":"AA==","iv":"AA=="}'],
    ['host/bad-xml /networks/0/xml', { networks: [{ xml: '<network>' }] }, '"<network>"'],
    ['host/bad-xml /networks/0/xml', { networks: [{ xml: '<pool/>' }] }, '"<pool/>"'],
    ['host/bad-value /networks/0/port/plug', { networks: [{ port: { plug: { type: 'warp' } } }] }, '{"type":"warp"}'],
  ])('%s points at its place', (at, file, marked) => {
    const found = findings(file)
    expect(found.map((finding) => finding.at)).toEqual([at])
    expect(found[0]?.marked).toBe(marked)
    expect(found[0]?.message).not.toContain('secret"')
  })

  test('an unknown key that is near a known one gets a suggestion', () => {
    const hints = readHost('{"config": {"vncListn": ""}}', 'x86_64').diagnostics.map(({ hint }) => hint)
    expect(hints).toEqual(['Did you mean vncListen?'])
  })

  test('what is not JSON is told with its place', () => {
    expect(findings('{"a": 1,}')).toMatchObject([{ at: 'host/not-json ', marked: '}' }])
    expect(findings('')).toMatchObject([{ at: 'host/not-json ' }])
  })

  test('schemas/host.schema.json is the print of the shape (npm run gen:schemas)', () => {
    const path = fileURLToPath(new URL('../../schemas/host.schema.json', import.meta.url))
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(hostFileSchema)))
  })
})

describe('JSON with places', () => {
  test('agrees with JSON.parse on every value, and every place holds its value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const read = readJson(text)
        if ('message' in read) throw new Error(read.message)
        expect(read.value).toEqual(JSON.parse(text))
        for (const [pointer, { start, end }] of read.places) {
          const steps = pointer.split('/').slice(1)
          const at = steps.reduce<unknown>((inner, step) => {
            const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
            return (inner as Record<string, unknown>)[key]
          }, JSON.parse(text))
          expect(JSON.parse(text.slice(start, end))).toEqual(at)
        }
      }),
    )
  })

  test('refuses what JSON.parse refuses, wherever a document is damaged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.string({ maxLength: 2 }), (value, at, insert) => {
        const text = JSON.stringify(value)
        const position = at % (text.length + 1)
        const damaged = text.slice(0, position) + insert + text.slice(position + 1)
        let accepted = true
        try {
          JSON.parse(damaged)
        } catch {
          accepted = false
        }
        const read = readJson(damaged)
        if ('message' in read) expect(accepted && !read.message.includes('occurs twice')).toBe(false)
        else expect(accepted).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('refuses a key that occurs twice, and what nests too deep', () => {
    expect(readJson('{"a":1, "a":2}')).toEqual({ message: 'the key "a" occurs twice', span: { start: 8, end: 9 } })
    expect(readJson('['.repeat(100_000))).toMatchObject({ message: 'values nest deeper than 128 levels' })
  })
})
