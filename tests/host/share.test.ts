import { describe, expect, test } from 'vitest'
import { diffHosts } from '../../src/host/diff.ts'
import type { HostFile } from '../../src/host/file.ts'
import { readHost } from '../../src/host/read.ts'
import { redactHost } from '../../src/host/redact.ts'

const network =
  "<network><name>office</name><bridge name='virbr7'/><mac address='52:54:00:aa:bb:cc'/><ip address='10.1.2.3'/></network>"

const whole: HostFile = {
  kernelVersion: '6.12.1.2',
  netDevices: ['enx001122334455', 'eth0'],
  networks: [{ xml: network }],
  storagePools: [
    {
      xml: "<pool type='iscsi'><name>backup</name><source><host name='nas.corp'/><device path='iqn.2020-01.corp:x'/><auth type='chap' username='joe'><secret uuid='0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f'/></auth></source></pool>",
      volumes: [{ name: 'joes-disk', type: 'block', path: '/dev/disk/joe' }],
    },
  ],
  secrets: [{ uuid: '0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f', value: 'hush' }],
  masterKey: { key: 'AAAA', iv: 'AAAA' },
  smbios: {
    bios: [],
    system: [
      { name: 'manufacturer', value: 'ACME' },
      { name: 'serial', value: 'SN-77' },
    ],
    baseBoard: [],
    chassis: [],
  },
  images: [
    { path: '/home/joe/vm.qcow2', type: 'file', format: 'qcow2', backing: { path: '/home/joe/base', format: 'raw' } },
  ],
  config: { memoryBackingDir: '/home/joe/ram' },
}

describe('a redacted host', () => {
  const redacted = redactHost(whole)
  const text = JSON.stringify(redacted)

  test.each([
    'office',
    'aa:bb:cc',
    '10.1.2.3',
    'nas.corp',
    'joe',
    'backup',
    'hush',
    'SN-77',
    '001122334455',
    '0a81f5b2',
    'AAAA',
  ])('does not say %s', (word) => expect(text).not.toContain(word))

  test('is still a host of the same kind', () => {
    const { host, diagnostics } = readHost(text, 'x86_64')
    expect(diagnostics).toEqual([])
    expect(host?.networks.find('network1')?.port.plug).toMatchObject({ bridge: 'virbr7' })
    expect(redacted.kernelVersion).toBe('6.12.1.2')
    expect(redacted.images?.[0]?.backing?.path).not.toBe(redacted.images?.[0]?.path)
    expect(text).toContain('ACME')
  })

  test('keeps the names that nobody gave', () => {
    expect(
      redactHost({ networks: [{ xml: '<network><name>default</name></network>' }] }).networks?.[0]?.network?.name,
    ).toBe('default')
  })
})

describe('the difference of two hosts', () => {
  const diff = (before: HostFile, after: HostFile) => diffHosts(JSON.stringify(before), JSON.stringify(after))

  test('is told by key, lists by what they hold', () => {
    const huge = (free: number) => ({ sizeKiB: 2048, total: 8, free })
    expect(
      diff(
        { kernelVersion: '6.1', hugePages: [huge(8), { ...huge(4), node: 0 }], fips: true },
        { kernelVersion: '6.2', hugePages: [{ ...huge(3), node: 0 }, huge(8)] },
      ),
    ).toEqual(['/kernelVersion: "6.1" → "6.2"', '/hugePages/2048@0/free: 4 → 3', '/fips: true → (none)'])
    expect(diff(whole, whole)).toEqual([])
  })

  test('of a name that every object has is one', () => {
    const emulators = (path: string) => ({ emulators: { constructor: path } }) as HostFile
    expect(diff({ emulators: {} }, emulators('/a'))).toEqual(['/emulators/constructor: (none) → "/a"'])
    expect(diff(emulators('/a'), { emulators: {} })).toEqual(['/emulators/constructor: "/a" → (none)'])
  })

  test('shows no secret', () => {
    const other: HostFile = {
      ...whole,
      secrets: [{ ...whole.secrets![0]!, value: 'other' }],
      config: { vncPassword: 'pw' },
    }
    const lines = diff(whole, other).join('\n')
    expect(lines).toContain('not shown')
    expect(lines).not.toMatch(/hush|other|"pw"/)
  })
})
