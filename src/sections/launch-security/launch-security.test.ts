import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

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
