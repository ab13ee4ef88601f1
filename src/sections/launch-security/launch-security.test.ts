import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'

const sev = (xml = '', attributes = '') =>
  guest('', {
    sections: `<launchSecurity type='sev'${attributes}>${xml}<policy>0x3</policy></launchSecurity>`,
    capabilities: { add: ['sev-guest'] },
  })

test('SEV with address bits of its own', async () => {
  const { options, lines } = await sev('<cbitpos>51</cbitpos><reducedPhysBits>5</reducedPhysBits>')
  expect(options('-machine')[0]).toContain(',confidential-guest-support=lsec0')
  expect(lines.find((line) => line.includes('sev-guest'))).toBe(
    '-object {"qom-type":"sev-guest","id":"lsec0","cbitpos":51,"reduced-phys-bits":5,"policy":3}',
  )
})

test('an older QEMU has another name for it', async () => {
  const { options } = await guest('', {
    qemu: '5.2.0',
    sections: `<launchSecurity type='sev'><cbitpos>51</cbitpos><reducedPhysBits>5</reducedPhysBits><policy>1</policy></launchSecurity>`,
    capabilities: { add: ['sev-guest'] },
  })
  expect(options('-machine')[0]).toContain(',memory-encryption=lsec0')
})

test('without SEV', async () => {
  const sections = "<launchSecurity type='sev'><policy>1</policy></launchSecurity>"
  const without = { sections, capabilities: { remove: ['sev-guest'] } } as const
  expect((await guest('', without)).codes).toEqual(['host/unknown'])
  const { codes } = await guest('', { ...without, host: { amdSev: { ecx: 0, edx: 0 } } })
  expect(codes).toEqual(['launch-security/sev-unsupported'])
})

test('Secure Execution asks the host too', async () => {
  const options = { arch: 's390x', machine: 's390-ccw-virtio', sections: "<launchSecurity type='s390-pv'/>" } as const
  expect((await guest('', options)).codes).toEqual(['host/unknown'])
  expect((await guest('', { ...options, host: { secureGuest: false } })).codes).toContain(
    'launch-security/s390-pv-unsupported',
  )
  expect((await guest('', { ...options, host: { secureGuest: true } })).codes).not.toContain(
    'launch-security/s390-pv-unsupported',
  )
})

/** As libvirt 12.8 answers where QEMU and the host have Intel TDX. */
describe('Intel TDX', () => {
  const rom = "<loader type='rom'>/tdx.fd</loader>"
  const tdx = (inside: string, { os = rom, features = '', ...more }: GuestOptions & { features?: string } = {}) =>
    guest('', {
      machine: 'q35',
      release: '12.8',
      qemu: '11.1.0',
      type: 'kvm',
      capabilities: { add: ['tdx-guest'] },
      os,
      sections: `<features>${features}</features><launchSecurity type='tdx'>${inside}</launchSecurity>`,
      ...more,
    })
  const objectOf = async (inside: string) =>
    (await tdx(inside)).lines.find((line) => line.includes('tdx-guest'))?.replace('-object ', '')
  const digest = 'YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh'

  test('all that it can be told', async () => {
    const { xml, options } = await tdx('<policy>1</policy><quoteGenerationService/>')
    expect(xml).toContain('<policy>0x1</policy>\n    <quoteGenerationService/>')
    expect(options('-machine')[0]).toContain(',confidential-guest-support=lsec0')
    const whole = `<policy>0x10000001</policy><mrConfigId>${digest}</mrConfigId><mrOwner>${digest}</mrOwner>
      <mrOwnerConfig>${digest}</mrOwnerConfig><quoteGenerationService path='/q,1'/>`
    expect(JSON.parse((await objectOf(whole)) ?? '')).toEqual({
      'qom-type': 'tdx-guest',
      id: 'lsec0',
      mrconfigid: digest,
      mrowner: digest,
      mrownerconfig: digest,
      'quote-generation-socket': { type: 'unix', path: '/q,1' },
      attributes: 0x1000_0001,
    })
  })

  test.each([
    ['', '{"qom-type":"tdx-guest","id":"lsec0"}'],
    ['<policy>0</policy>', '{"qom-type":"tdx-guest","id":"lsec0","attributes":0}'],
    [
      '<quoteGenerationService/>',
      '{"qom-type":"tdx-guest","id":"lsec0","quote-generation-socket":{"type":"unix","path":"/var/run/tdx-qgs/qgs.socket"}}',
    ],
    [
      "<quoteGenerationService path=''/>",
      '{"qom-type":"tdx-guest","id":"lsec0","quote-generation-socket":{"type":"unix","path":""}}',
    ],
  ])('%s', async (inside, object) => {
    expect(await objectOf(inside)).toBe(object)
  })

  test.each<[string, GuestOptions & { features?: string }, string]>([
    ['<policy>0x2</policy>', {}, 'launch-security/tdx-policy'],
    ['<mrOwner>xxx</mrOwner>', {}, 'launch-security/tdx-digest'],
    ['', { features: "<ioapic driver='kvm'/>" }, 'launch-security/tdx-conflict'],
    ['', { features: "<pmu state='on'/>" }, 'launch-security/tdx-conflict'],
    ['', { features: "<smm state='on'/>" }, 'launch-security/tdx-conflict'],
    [
      '',
      { features: '<acpi/>', os: "<loader type='pflash' readonly='yes'>/x</loader>" },
      'launch-security/tdx-conflict',
    ],
    ['', { capabilities: {}, qemu: '10.0.0' }, 'launch-security/tdx-unsupported'],
    ['', { capabilities: {}, host: { tdx: false } }, 'launch-security/tdx-unsupported'],
    ['', { capabilities: {} }, 'host/unknown'],
    ['', { release: '11.3' }, 'value/newer'],
  ])('refused: %s %o', async (inside, more, code) => {
    expect((await tdx(inside, more)).codes).toContain(code)
  })

  test('a described host may have it', async () => {
    expect((await tdx('', { capabilities: {}, host: { tdx: true } })).codes).toEqual([])
    expect((await tdx('', { features: "<ioapic driver='qemu'/><pmu state='off'/><smm state='off'/>" })).codes).toEqual(
      [],
    )
  })
})
