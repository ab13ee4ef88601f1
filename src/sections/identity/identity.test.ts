import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const own = 'c7a5fdbd-edaf-9455-926a-d65c16db1809'
const hardware = 'bbbbbbbb-0000-4000-8000-000000000031'

describe('the UUID of the hardware, since 11.7', () => {
  const sections = `<hwuuid>${hardware.toUpperCase()}</hwuuid>`

  test('stands after the own one, and is what the guest reads', async () => {
    const { xml, options } = await guest('', { sections, release: '12.8' })
    expect(xml).toContain(`<uuid>${own}</uuid>\n  <hwuuid>${hardware}</hwuuid>\n`)
    expect(options('-uuid')).toEqual([`-uuid ${hardware}`])
  })

  test('an older libvirt ignores it', async () => {
    const { options, xml, warnings } = await guest('', { sections, release: '11.3' })
    expect(options('-uuid')).toEqual([`-uuid ${own}`])
    expect(xml).not.toContain('hwuuid')
    expect(warnings).toEqual(['element/newer'])
  })

  test('is the one that <sysinfo> may name', async () => {
    const told = (uuid: string) =>
      guest('', {
        sections: `${sections}<sysinfo type='smbios'><system><entry name='uuid'>${uuid}</entry></system></sysinfo>`,
        release: '12.8',
      })
    expect((await told(hardware)).codes).toEqual([])
    expect((await told(own)).codes).toEqual(['sysinfo/uuid'])
  })

  test('an empty one is none, a wrong one is refused', async () => {
    expect((await guest('', { sections: '<hwuuid/>', release: '12.8' })).options('-uuid')).toEqual([`-uuid ${own}`])
    expect((await guest('', { sections: '<hwuuid>zz</hwuuid>', release: '12.8' })).codes).toEqual(['domain/hwuuid'])
  })
})
