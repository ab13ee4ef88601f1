import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outputsOf } from './outputs.ts'

/** What steers a terminal or begins a line of its own, as XML can write it. */
const steering = ['&#9;', '&#10;', '&#13;', '\u0085', '\u009b', '\u202e', '\u2028', '\u2066', '\u{e0001}'] as const
const long = 'Lg'.repeat(2000)

/** Places of names, paths and values; most make a finding that quotes them. */
const places: readonly ((value: string) => string)[] = [
  (it) => `<disk type='file'><source file='/v/${it}'/><target dev='vda' bus='virtio'/></disk>`,
  (it) => `<disk type='file'><source file='/v'/><target dev='vd${it}' bus='virtio'/></disk>`,
  (it) => `<disk type='${it}'><source file='/v'/><target dev='vda'/></disk>`,
  (it) => `<interface type='bridge'><source bridge='br${it}'/><model type='${it}'/></interface>`,
  (it) => `<interface type='network'><source network='${it}'/><mac address='${it}'/></interface>`,
  (it) => `<controller type='scsi' index='0' model='${it}'/>`,
  (it) => `<serial type='unix'><source mode='bind' path='/s${it}'/><alias name='ua-${it}'/></serial>`,
  (it) => `<sound model='ac97' x='${it}'/>`,
  (it) => `<emulator>/usr/bin/${it}</emulator>`,
  (it) =>
    `<hostdev mode='subsystem' type='pci'><source><address domain='${it}' bus='3' slot='0' function='1'/></source></hostdev>`,
  (it) => `<filesystem type='mount'><source dir='/${it}'/><target dir='${it}'/></filesystem>`,
]

const guests = fc
  .tuple(fc.constantFrom(...places), fc.constantFrom(...steering, long), fc.boolean())
  .map(([place, odd, inName]) => {
    const value = `a${odd}b`
    return `<domain type='qemu'><name>${inName ? value : 'guest'}</name><title>${value}</title><memory unit='MiB'>512</memory>
<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>${place(value)}</devices></domain>`
  })

/** What hands on a value as it is, byte for byte: the words of a command line, and the definition. */
const verbatim = /^(?:format|argv) --redact(?: --format lines)?$/
/** What hands it on whole, since it is what was asked for. */
const whole = /^(?:format|argv|run --dry-run|vfio check --json|outline|topology --format svg)/

test('names, paths and values steer no terminal and no log, and no finding shows one without end', async () => {
  const property = fc.asyncProperty(guests, async (text) => {
    for (const [name, shown] of await outputsOf(text)) {
      if (!verbatim.test(name)) expect(shown.replaceAll('\n', ''), name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      if (!whole.test(name)) expect(shown.includes('Lg'.repeat(101)), `${name}: a value without end`).toBe(false)
    }
  })
  await fc.assert(property, { numRuns: 80, seed: 1 })
})
