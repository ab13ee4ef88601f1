import { describe, expect, it } from 'vitest'
import { guest } from '../../../tests/guest.ts'

async function refusal(machine: string, qemu: string) {
  const { errors } = await guest('', { machine, qemu })
  expect(errors.map(({ code }) => code)).toContain('os/machine-unsupported')
  const { message, hint = '' } = errors.find(({ code }) => code === 'os/machine-unsupported')!
  return { message, hint }
}

describe('a machine type that this QEMU has not', () => {
  it('comes with a newer QEMU', async () => {
    const { message, hint } = await refusal('pc-q35-11.1', '8.2.0')
    expect(message).toBe('QEMU 8.2.0 does not have the machine type pc-q35-11.1 yet: it comes with QEMU 11.1.')
    expect(hint).toBe('Use QEMU 11.1 or later, or pc-q35-8.2, the newest that this one has.')
  })

  it('was removed from QEMU', async () => {
    const { message, hint } = await refusal('pc-i440fx-2.0', '11.1.3')
    expect(message).toBe('QEMU 11.1.3 no longer has the machine type pc-i440fx-2.0.')
    expect(hint).toMatch(/^Use QEMU 9\.0\.0 or older, or pc-i440fx-\d+\.\d+, the oldest/)
  })

  it.each(['pc-q35-rhel9.4.0', 'pc-i440fx-jammy', 'pc-q35-noble'])('%s is of a distribution', async (machine) => {
    const { message, hint } = await refusal(machine, '11.1.3')
    expect(message).toContain("a distribution's own QEMU")
    expect(hint).toContain('domxml capabilities probe /usr/bin/qemu-system-x86_64')
  })

  it.each(['pc-i440fx-2.99', 'q36'])('%s never was one', async (machine) => {
    expect((await refusal(machine, '9.0.0')).message).toBe(`This QEMU has no machine type ${machine}.`)
  })
})
