import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'
import type { CapabilityChanges } from '../../capabilities/changes.ts'

/** A host as libvirt's cache tells of it: names of enlightenments, switches inside them, and values. */
const host = (hyperv: readonly string[], hypervValues: CapabilityChanges['hypervValues'] = {}): CapabilityChanges => ({
  recordedOn: 'host',
  hyperv,
  hypervValues,
})

const rich = host(
  [
    'relaxed',
    'spinlocks',
    'vpindex',
    'synic',
    'stimer',
    'vendor_id',
    'tlbflush',
    'evmcs',
    'stimer_direct',
    'tlbflush_direct',
    'tlbflush_extended',
  ],
  { spinlocks: 4095, vendorId: 'Linux KVM Hv' },
)

async function line(inside: string, capabilities = rich, clock = '') {
  const sections = `<features><hyperv mode='host-model'>${inside}</hyperv></features>${clock}`
  const { options, codes, xml } = await guest('', { sections, capabilities, release: '12.8', qemu: '11.1.0' })
  expect(codes).toEqual([])
  expect(xml).toMatch(/<hyperv mode='host-model'/)
  return options('-cpu')[0]?.replace('-cpu qemu64', '')
}

const whole =
  ',hv-time=on,hv-relaxed=on,hv-spinlocks=0xfff,hv-vpindex=on,hv-synic=on,hv-stimer=on,hv-stimer-direct=on,hv-vendor-id=Linux KVM Hv,hv-tlbflush=on,hv-tlbflush-direct=on,hv-tlbflush-ext=on,hv-evmcs=on'

/** As libvirt 12.8 printed it, of tables with more and with less. */
describe('host-model', () => {
  test('is all that the host offers, and the clock that its timers count by', async () => {
    expect(await line('')).toBe(whole)
    for (const present of ['yes', 'no']) {
      expect(await line('', rich, `<clock><timer name='hypervclock' present='${present}'/></clock>`)).toBe(whole)
    }
  })

  test('what offers values offers nothing without them', async () => {
    expect(await line('', host(['spinlocks', 'vendor_id']))).toBe('')
  })

  test('what is named is as it is named', async () => {
    expect(await line("<relaxed state='off'/><vendor_id state='off'/><spinlocks state='on'/>")).toBe(
      whole.replace(',hv-relaxed=on', '').replace(',hv-vendor-id=Linux KVM Hv', '').replace('0xfff', '0xffffffff'),
    )
    expect(await line("<stimer state='off'/>")).toBe(
      whole.replace(',hv-time=on', '').replace(',hv-stimer=on,hv-stimer-direct=on', ''),
    )
    const clock = "<clock><timer name='hypervclock' present='yes'/></clock>"
    const named = "<vpindex state='on'/><synic state='on'/><stimer state='on'/><tlbflush state='on'/>"
    expect(await line(named, rich, clock)).toBe(
      whole.replace(',hv-stimer-direct=on', '').replace(',hv-tlbflush-direct=on,hv-tlbflush-ext=on', ''),
    )
  })
})

describe('how it prints', () => {
  const shown = async (inside: string, release: '11.3' | '12.8') =>
    (await guest('', { sections: `<features>${inside}</features>`, release })).xml
      ?.match(/<hyperv[\s\S]*(\/|<\/hyperv)>/)?.[0]
      .replace(/\n\s*/g, '|')

  test('an empty one stands on one line since 12.8', async () => {
    expect(await shown('<hyperv/>', '11.3')).toContain("<hyperv mode='custom'>|</hyperv>")
    expect(await shown('<hyperv/>', '12.8')).toContain("<hyperv mode='custom'/>")
  })

  test('what is off within is left out', async () => {
    const within = "<direct state='on'/><extended state='off'/>"
    const given = `<hyperv><vapic state='on'/><vpindex state='on'/><tlbflush state='on'>${within}</tlbflush></hyperv>`
    expect(await shown(given, '11.3')).toContain("<tlbflush state='on'>|<direct state='on'/>|</tlbflush>")
    expect(await shown(given.replace("tlbflush state='on'", "tlbflush state='off'"), '11.3')).toContain(
      "<tlbflush state='off'/>",
    )
  })

  test('a number of retries is needed before 12.8, and forgotten where there are none', async () => {
    const spinlocks = { sections: "<features><hyperv><spinlocks state='on'/></hyperv></features>" }
    expect((await guest('', { ...spinlocks, release: '11.3' })).codes).toEqual(['features/hyperv-retries'])
    expect((await guest('', { ...spinlocks, release: '12.8' })).options('-cpu')).toEqual([
      '-cpu qemu64,hv-spinlocks=0xffffffff',
    ])
    expect(await shown("<hyperv><spinlocks state='off' retries='5000'/></hyperv>", '12.8')).toContain(
      "<spinlocks state='off'/>",
    )
  })
})
