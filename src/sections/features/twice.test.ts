import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const of = async (features: string) => {
  const { xml, warnings } = await guest('', { sections: `<features>${features}</features>`, machine: 'q35' })
  return { xml: /<features>\s*([\s\S]*?)\s*<\/features>/.exec(xml ?? '')?.[1]?.replace(/\n\s*/g, ''), warnings }
}

test.each([
  ["<smm state='off'/><smm state='on'/>", "<smm state='on'/>"],
  ["<apic eoi='on'/><apic/>", '<apic/>'],
  [
    "<hyperv><relaxed state='on'/></hyperv><hyperv><vapic state='on'/></hyperv>",
    "<hyperv mode='custom'><relaxed state='on'/><vapic state='on'/></hyperv>",
  ],
  [
    "<smm state='on'><tseg unit='MiB'>16</tseg></smm><smm state='on'><tseg unit='MiB'>32</tseg></smm>",
    "<smm state='on'><tseg unit='MiB'>16</tseg></smm>",
  ],
  [
    "<tcg><tb-cache unit='MiB'>64</tb-cache></tcg><tcg><tb-cache>2048</tb-cache></tcg>",
    "<tcg><tb-cache unit='KiB'>2048</tb-cache></tcg>",
  ],
  ["<kvm><hidden state='on'/><hidden state='off'/></kvm>", "<kvm><hidden state='off'/></kvm>"],
])('of features that stand twice the last counts: %s', async (features, printed) => {
  expect(await of(features)).toEqual({ xml: printed, warnings: ['element/duplicate'] })
})
