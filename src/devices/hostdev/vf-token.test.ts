import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'
import { explain } from '../../argv/explain.ts'
import { printLines, printShell, toJson } from '../../argv/print.ts'
import { reportJson, reportText } from '../../cli/report.ts'
import { LineIndex } from '../../diagnostic/position.ts'

const token = '6f1c9a52-3f0e-4c8b-9d57-0c2a7e5b1d34'
const other = '9b0f63de-52c1-4a7e-8f6b-d3e1c7a90b25'
const published = '02bddbbf-bbb0-4d79-886b-91bad3fbb510'

const tokenElement = (uuid: string) => `<vf-token uuid='${uuid}'/>`
const source = (child: string, fn = 1) =>
  `<source><address domain='0x0000' bus='0x06' slot='0x12' function='0x${fn}'>${child}</address></source>`
const hostdev = (child: string, rest = "<driver name='vfio'/>", fn = 1) =>
  `<hostdev mode='subsystem' type='pci' managed='yes'>${rest}${source(child, fn)}</hostdev>`
const card = (child: string) => `<interface type='hostdev' managed='yes'>
  <source><address type='pci' domain='0x0000' bus='0x06' slot='0x12' function='0x2'>${child}</address></source>
</interface>`

const placeOf = ({ conversion }: Awaited<ReturnType<typeof guest>>) => {
  const finding = conversion.diagnostics.find(({ code }) => code.startsWith('hostdev/vf-token'))
  return { path: finding?.path, shown: finding?.span && conversion.text.slice(finding.span.start, finding.span.end) }
}

/** All that domxml may print about a conversion where the token must not stand. */
function everythingHidden({ conversion }: Awaited<ReturnType<typeof guest>>): string {
  const { diagnostics, text, origins, argv } = conversion
  const reported = { name: 'guest.xml', text, diagnostics, secrets: origins.secrets }
  const parts = [reportText(reported, false), JSON.stringify(reportJson(reported))]
  if (argv) {
    const redact = { redact: true }
    parts.push(printShell(argv, redact), printLines(argv, redact), JSON.stringify(toJson(argv, redact)))
    parts.push(JSON.stringify(explain(argv, origins, new LineIndex(text))))
  }
  return parts.join('\n')
}

describe('a token', () => {
  test('stands right after host, for a host device and for a card', async () => {
    const { devices, codes } = await guest(hostdev(tokenElement(token)) + card(tokenElement(token)))
    expect(codes).toEqual([])
    expect(devices(/vfio-pci/).map((line) => line.slice(0, 109))).toEqual([
      `-device {"driver":"vfio-pci","host":"0000:06:12.2","vf-token":"${token}","id":"ho`,
      `-device {"driver":"vfio-pci","host":"0000:06:12.1","vf-token":"${token}","id":"ho`,
    ])
  })

  test('likewise where QEMU does not take JSON', async () => {
    const { devices } = await guest(hostdev(tokenElement(token)), { capabilities: { remove: ['device.json+hotplug'] } })
    expect(devices(/vfio-pci/)[0]).toContain(`-device vfio-pci,host=0000:06:12.1,vf-token=${token},id=hostdev0,`)
  })

  test('is read in any spelling of a UUID and printed in one', async () => {
    const { xml } = await guest(hostdev(tokenElement(token.toUpperCase().replaceAll('-', ''))))
    expect(xml).toContain(`<vf-token uuid='${token}'/>`)
  })

  test('a device without one prints as ever', async () => {
    const { xml, lines } = await guest(hostdev('') + card(''))
    expect(`${xml}${lines.join()}`).not.toContain('vf-token')
  })
})

describe.each([
  ['hostdev', (child: string) => hostdev(child), '/domain/devices/hostdev'],
  ['interface', card, '/domain/devices/interface'],
])('refused in <%s>', (_name, device, path) => {
  test.each([
    ['no uuid', '<vf-token/>', 'hostdev/vf-token-without-uuid', '/source/address/vf-token'],
    ['half a UUID', tokenElement(token.slice(0, 18)), 'hostdev/vf-token-invalid', '/source/address/vf-token/@uuid'],
    ['an empty one', tokenElement(''), 'hostdev/vf-token-without-uuid', '/source/address/vf-token'],
    [
      'all zero',
      tokenElement('00000000-0000-0000-0000-000000000000'),
      'hostdev/vf-token-zero',
      '/source/address/vf-token/@uuid',
    ],
    ['auto', tokenElement('auto'), 'hostdev/vf-token-auto', '/source/address/vf-token/@uuid'],
  ])('%s', async (_what, child, code, below) => {
    const result = await guest(device(child))
    expect(result.codes).toEqual([code])
    expect(placeOf(result).path).toBe(`${path}${below}`)
    expect(result.xml).toBeUndefined()
  })

  test('on the guest address', async () => {
    const guestAddress = `<address type='pci' bus='0x00' slot='0x05' function='0x0'>${tokenElement(token)}</address>`
    const result = await guest(device('').replace(/<\/(hostdev|interface)>/, `${guestAddress}</$1>`))
    expect(result.codes).toEqual(['hostdev/vf-token-on-guest-address'])
    expect(everythingHidden(result)).not.toContain(token)
  })

  test.each(['8.0.0', '7.2.0', '6.0.0', '4.2.0'])('on QEMU %s, which has no such property', async (qemu) => {
    const result = await guest(device(tokenElement(token)), { qemu })
    expect(result.codes).toEqual(['hostdev/vf-token-unsupported'])
    const [{ message, hint, when }] = result.errors as [(typeof result.errors)[0]]
    expect(message).toContain('vfio-pci.vf-token')
    expect(message).toContain(qemu)
    expect(hint).toContain('8.1')
    expect(when).toBe('define')
    expect(placeOf(result).path).toBe(`${path}/source/address/vf-token`)
  })
})

test('refused with another driver than vfio', async () => {
  const kvm = "<driver name='kvm'/>"
  expect((await guest(hostdev(tokenElement(token), kvm))).codes).toEqual(['hostdev/vf-token-driver'])
  expect((await guest(card(tokenElement(token)).replace('<source>', `${kvm}<source>`))).codes).toEqual([
    'hostdev/vf-token-driver',
  ])
  expect((await guest(hostdev('', kvm))).codes).toEqual(['hostdev/driver'])
})

describe('warned about', () => {
  test('a token that is published', async () => {
    const result = await guest(hostdev(tokenElement(published)))
    expect(result).toMatchObject({ codes: [], warnings: ['hostdev/vf-token-published'] })
    expect(everythingHidden(result)).not.toContain(published)
  })

  const inventory = [1, 2].map((fn) => ({ address: `0000:06:12.${fn}`, physicalFunction: '0000:06:12.0' }))
  const pair = (second: string) => hostdev(tokenElement(token)) + card(tokenElement(second))

  test('two tokens under one PF, where the host knows the PF', async () => {
    const result = await guest(pair(other), { host: { pci: inventory } as GuestOptions['host'] })
    expect(result).toMatchObject({ codes: [], warnings: ['hostdev/vf-token-differs'] })
    const hidden = everythingHidden(result)
    expect(hidden).not.toContain(token)
    expect(hidden).not.toContain(other)
  })

  test('not one token under one PF, nor two where the host does not know the PF', async () => {
    expect((await guest(pair(token), { host: { pci: inventory } as GuestOptions['host'] })).warnings).toEqual([])
    expect((await guest(pair(other))).warnings).toEqual([])
  })
})

describe('the token is a secret', () => {
  test('the command line has it, everything that may be shown has not', async () => {
    const result = await guest(hostdev(tokenElement(token)) + card(tokenElement(token)))
    expect(result.lines.join('\n')).toContain(token)
    const hidden = everythingHidden(result)
    expect(hidden).not.toContain(token)
    expect(hidden).toContain('"vf-token":"***"')
  })

  test.each([
    ['broken', tokenElement(`${token}0`)],
    ['misspelt', `<vf-token uid='${token}'/>`],
    ['as text', `<vf-token>${token}</vf-token>`],
    ['on an old QEMU', tokenElement(token), { qemu: '8.0.0' }],
    ['beside an unknown element', `${tokenElement(token)}<vftoken/>`],
  ])('%s: no finding shows it', async (_what, child, options: GuestOptions = {}) => {
    const result = await guest(hostdev(child), options)
    expect(result.conversion.diagnostics).not.toEqual([])
    expect(everythingHidden(result)).not.toContain(token)
  })
})
