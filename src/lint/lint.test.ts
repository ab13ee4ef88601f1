import { describe, expect, test } from 'vitest'
import { fixText } from './fix.ts'
import { inspect } from './inspect.ts'
import { defaultSettings } from './settings/settings.ts'
import { guest, lintText, options, told } from './testing.ts'

const wrong = "    <dsik type='file'/>\n"
const indent = (text: string) => text.replace(/^<\?xml.*\n/, '')

describe('wrappers are read through', () => {
  test.each([
    ['<domains>', `<domains>\n${guest({ devices: wrong })}${guest({ devices: wrong })}</domains>`, 2],
    ['a snapshot', `<domainsnapshot><name>s</name>${indent(guest({ devices: wrong }))}</domainsnapshot>`, 1],
    [
      'a snapshot of a running guest',
      `<domainsnapshot>${guest({ devices: wrong })}${guest({ devices: wrong }).replaceAll('domain', 'inactiveDomain')}</domainsnapshot>`,
      2,
    ],
    ['a state', `<domstatus state='running'><monitor path='/m'/>${guest({ devices: wrong })}</domstatus>`, 1],
    [
      "another tool's",
      `<a><b xmlns='urn:tool'>${guest({ devices: wrong }).replace('<domain', "<domain xmlns=''")}</b></a>`,
      1,
    ],
  ])('%s', async (_, text, count) => {
    const { kind, checked, findings } = await lintText(text)
    expect({ kind, checked, codes: findings.map(({ code }) => code) }).toEqual({
      kind: 'domain',
      checked: count,
      codes: Array(count).fill('element/unknown'),
    })
  })
})

describe('other XML is nobody to complain about', () => {
  test.each([
    '<network><name>default</name></network>',
    "<pool type='dir'/>",
    "<capabilities><guest><arch name='x86_64'><domain type='kvm'/></arch></guest></capabilities>",
    '<domainCapabilities><domain>kvm</domain></domainCapabilities>',
    '<domainsnapshot><name>new</name></domainsnapshot>',
    "<interface type='bridge' name='br0'/>",
  ])('%s', async (text) => {
    expect(await lintText(text)).toMatchObject({ kind: 'foreign', checked: 0, findings: [] })
  })

  test('but a misspelt root is not passed over', async () => {
    expect(await told("<domian type='kvm'><name>a</name></domian>")).toEqual(['1 domain/wrong-root'])
  })
})

describe('a device alone', () => {
  test('is checked, with places of its own text', async () => {
    const text =
      "\n<disk type='file' device='disk'>\n  <source file='/a'/>\n  <target dev='vda' buss='virtio'/>\n</disk>\n"
    const { kind, findings } = await lintText(text)
    expect(kind).toBe('fragment')
    expect(findings).toMatchObject([
      { code: 'attribute/unknown', place: { line: 4, column: 21 }, path: '/disk/target/@buss' },
    ])
  })

  test.each([
    ["<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><driver name='qemu' iothread='3'/></disk>"],
    ["<interface type='vhostuser'><source type='unix' path='/s' mode='client'/><model type='virtio'/></interface>"],
    ["<memory model='dimm'><target><size unit='MiB'>512</size><node>0</node></target></memory>"],
    ["<hostdev mode='subsystem' type='usb'><source><vendor id='0x1234'/><product id='0x5678'/></source></hostdev>"],
  ])('is not blamed for the guest that it has not: %s', async (text) => {
    const { findings } = await lintText(text)
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('levels', () => {
  test('the last rule that names a code counts; off is silence', async () => {
    const text = guest({ devices: wrong })
    const level = async (rules: readonly (readonly [string, 'off' | 'note' | 'error'])[]) =>
      (await lintText(text, { rules })).findings.map((it) => it.level)
    expect(await level([['element/*', 'note']])).toEqual(['note'])
    expect(
      await level([
        ['element/*', 'note'],
        ['element/*', 'error'],
      ]),
    ).toEqual(['error'])
    expect(await level([['element/unknown', 'off']])).toEqual([])
  })

  test('strict makes an error of what libvirt ignores', async () => {
    const { findings } = await lintText(guest({ devices: wrong }), { strict: true })
    expect(findings).toMatchObject([{ level: 'error' }])
  })
})

describe('fingerprints', () => {
  const names = async (devices: string) => (await lintText(guest({ devices }))).findings.map((it) => it.fingerprint)
  test('stay when lines move, and tell two alike apart', async () => {
    const [first, second] = await names(wrong + wrong)
    expect(first).not.toBe(second)
    expect(await names(`\n    <!-- more -->\n\n    <input type='tablet' bus='usb'/>\n${wrong}${wrong}`)).toEqual([
      first,
      second,
    ])
  })
})

describe('fixes', () => {
  const fix = async (text: string, settings = {}) =>
    (await fixText(text, options(), { ...defaultSettings, ...settings })).text

  test('touch nothing else, and are done again until nothing is left', async () => {
    const text = guest({ devices: "    <dsik   tpye='file'  >\n\n\t<traget  dev = \"vda\" bus='virtio'/></dsik >\n" })
    expect(await fix(text)).toBe(text.replaceAll('dsik', 'disk').replace('tpye', 'type').replace('traget', 'target'))
  })

  test('are not made for what a comment disables, or a team switched off', async () => {
    const text = guest({ devices: `    <!-- domxml-disable-next-line element/unknown -->\n${wrong}` })
    expect(await fix(text)).toBe(text)
    const plain = guest({ devices: wrong })
    expect(await fix(plain, { rules: [['element/unknown', 'off']] })).toBe(plain)
  })
})

test('what is found is plain data', async () => {
  const inspected = await inspect(guest({ devices: wrong }), options())
  expect(structuredClone(inspected)).toEqual(inspected)
})
