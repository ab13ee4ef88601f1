import { describe, expect, test } from 'vitest'
import { kernelBehaviour } from '../kernel.ts'
import { pf, plain, tokenA, tokenB, vf1, vf2 } from '../testing.ts'
import { checkDomains } from './check.ts'
import type { OutsideDriver } from './domain.ts'
import { check, device, facts, guest } from './testing.ts'

const userspace = (token: string) => new Map<string, OutsideDriver>([[pf, { kind: 'userspace', token }]])
const kernel = new Map<string, OutsideDriver>([[pf, { kind: 'kernel' }]])
const card = guest('card', device(pf, tokenA))
const web = guest('web', device(vf1, tokenA))
const mail = guest('mail', device(vf2, tokenA))

describe('a fleet that works', () => {
  test('PF owner first, whatever the order of the files', () => {
    const { starts, errors } = check([web, mail, card], facts('vfio-pci'))
    expect(Object.entries(starts)).toEqual([
      ['card', true],
      ['web', true],
      ['mail', true],
    ])
    expect(errors).toEqual([])
  })
  test('a PF driven by the kernel: no tokens', () => {
    const { starts, codes } = check([guest('web', device(vf1))], facts('ixgbe'))
    expect(starts).toEqual({ web: true })
    expect(codes).toEqual([])
  })
  test('a PF driven from userspace outside', () => {
    const { starts, codes } = check([web, mail], facts('vfio-pci'), { outside: userspace(tokenA) })
    expect(starts).toEqual({ web: true, mail: true })
    expect(codes).toEqual([])
  })
  test('what --pf says goes before the record', () => {
    expect(check([guest('web', device(vf1))], facts('vfio-pci'), { outside: kernel }).starts).toEqual({ web: true })
    expect(check([web], facts('ixgbe'), { outside: userspace(tokenA) }).starts).toEqual({ web: true })
  })
})

describe('tokens', () => {
  test('nobody has set one: no domain takes the PF, nothing is told of it', () => {
    const { starts, findings } = check([web], facts('vfio-pci'))
    expect(starts).toEqual({ web: false })
    expect(findings).toMatchObject([
      {
        code: 'vfio/pf-token-unset',
        severity: 'error',
        domain: 'web',
        file: 'web.xml',
        device: vf1,
        span: { start: 0, end: 5 },
        kernel: {
          rule: 'vf/token-incorrect',
          errno: 'EACCES',
          log: [`vfio-pci ${vf1}: Incorrect VF token provided for device`],
        },
      },
    ])
    expect(findings[0]?.hint).toContain(`--pf ${pf}=@FILE`)
  })
  test('nobody has set one: the domain of the PF gives none', () => {
    const { errors } = check([guest('card', device(pf)), web], facts('vfio-pci'))
    expect(errors).toMatchObject([{ code: 'vfio/pf-token-unset', domain: 'web' }])
    expect(errors[0]?.message).toContain('"card" (card.xml) opens the PF without one')
  })
  test('nobody has set one: the domain of the PF does not start', () => {
    const broken = guest('card', device(plain, tokenA), device(pf, tokenA))
    const { errors } = check([broken, web], facts('vfio-pci'))
    expect(errors.map(({ code }) => code)).toEqual(['vfio/token-unwanted', 'vfio/pf-token-unset'])
    expect(errors[1]?.message).toContain('does not start')
  })
  test('a PF that QEMU opens before it gives up keeps the token', () => {
    const broken = guest('card', device(pf, tokenA), device(plain, tokenA))
    expect(check([broken, web], facts('vfio-pci')).starts).toEqual({ card: false, web: true })
  })
  test('the domain of the PF starts later', () => {
    const { errors, starts } = check([web, card], facts('vfio-pci'), { order: [web, card] })
    expect(starts).toEqual({ web: false, card: true })
    expect(errors).toMatchObject([{ code: 'vfio/pf-opens-later', domain: 'web', hint: 'Start "card" first.' }])
  })
  test('the PF stands behind its VF in one domain', () => {
    const { errors } = check([guest('both', device(vf1, tokenA), device(pf, tokenA))], facts('vfio-pci'))
    expect(errors).toMatchObject([{ code: 'vfio/pf-opens-later', device: vf1 }])
    expect(errors[0]?.message).toContain('behind its VF')
    expect(check([guest('both', device(pf, tokenA), device(vf1, tokenA))], facts('vfio-pci')).errors).toEqual([])
  })
  test('VF and PF tokens differ', () => {
    const other = guest('web', device(vf1, tokenB))
    const { errors } = check([card, other], facts('vfio-pci'))
    expect(errors).toMatchObject([{ code: 'vfio/token-differs', domain: 'web', kernel: { errno: 'EACCES' } }])
    expect(errors[0]?.message).toContain('"card" (card.xml)')
    const outside = check([other], facts('vfio-pci'), { outside: userspace(tokenA) }).errors
    expect(outside).toMatchObject([{ code: 'vfio/token-differs' }])
    expect(outside[0]?.message).toContain('outside')
  })
  test('a VF without one', () => {
    const { errors } = check([card, guest('web', device(vf1))], facts('vfio-pci'))
    expect(errors).toMatchObject([
      {
        code: 'vfio/token-missing',
        kernel: { rule: 'vf/token-required', log: [`vfio-pci ${vf1}: VF token required to access device`] },
      },
    ])
  })
  test('one where none is wanted: neither PF nor VF, or the PF driven by the kernel', () => {
    const { errors } = check([guest('web', device(plain, tokenA), device(vf1, tokenA))], facts('ixgbe'))
    expect(errors).toMatchObject([
      { code: 'vfio/token-unwanted', device: plain, kernel: { errno: 'EINVAL' } },
      { code: 'vfio/token-unwanted', device: vf1, kernel: { errno: 'EINVAL' } },
    ])
    expect(errors[0]?.message).toContain('neither a PF nor a VF')
    expect(errors[1]?.message).toContain('driven by ixgbe')
    const unbound = check([web], facts('')).errors
    expect(unbound[0]?.message).toContain('not bound to a driver')
  })
  test('a PF opened while its VFs are in use, without their token', () => {
    const through = guest('web', device(vf1, undefined, { throughIommufd: true }))
    const old = { ...facts('vfio-pci'), kernelVersion: '6.1.0' }
    for (const token of [undefined, tokenA]) {
      const { errors } = check([guest('card', device(pf, token)), through], old, {
        order: [through, guest('card', device(pf, token))],
      })
      expect(errors).toMatchObject([{ code: 'vfio/pf-token-differs', device: pf, kernel: { errno: 'EACCES' } }])
    }
  })
})

describe('functions and groups', () => {
  test('the same function in two domains', () => {
    const { errors, starts } = check([guest('one', device(plain)), guest('two', device(plain))], facts('ixgbe'))
    expect(starts).toEqual({ one: true, two: false })
    expect(errors).toMatchObject([
      { code: 'vfio/function-shared', domain: 'two', kernel: { rule: 'open/busy', errno: 'EBUSY' } },
    ])
    expect(errors[0]?.message).toContain('"one" (one.xml)')
  })
  test('told even where the first of them does not start', () => {
    const first = guest('one', device(plain, tokenA))
    expect(check([first, guest('two', device(plain))], facts('ixgbe')).errors.map(({ code }) => code)).toEqual([
      'vfio/token-unwanted',
      'vfio/function-shared',
    ])
  })
  test('twice in one domain', () => {
    const { errors } = check([guest('one', device(plain), device(plain))], facts('ixgbe'))
    expect(errors).toMatchObject([{ code: 'vfio/function-shared', span: { start: 10, end: 15 } }])
  })
  test('one IOMMU group in two domains', () => {
    const shared = facts('ixgbe', { [vf2]: { iommuGroup: 2 } })
    const { errors } = check([guest('one', device(vf1)), guest('two', device(vf2))], shared)
    expect(errors).toMatchObject([{ code: 'vfio/group-shared', domain: 'two', device: vf2 }])
    expect(errors[0]?.message).toContain(vf1)
    expect(check([guest('one', device(vf1), device(vf2))], shared).codes).toEqual([])
  })
  test('a member of the group on a driver of the host', () => {
    const shared = facts('ixgbe', { '0000:05:00.1': { iommuGroup: 4, driver: 'snd_hda_intel' } })
    const { errors } = check([guest('one', device(plain))], shared)
    expect(errors).toMatchObject([{ code: 'vfio/group-member-on-host', kernel: { errno: 'EPERM' } }])
    expect(errors[0]?.message).toContain('0000:05:00.1 (snd_hda_intel)')
    const both = guest('one', device(plain), device('0000:05:00.1', undefined, { managed: true }))
    expect(check([both], shared).starts).toEqual({ one: true })
  })
  test('a member of the group left outside', () => {
    const left = { iommuGroup: 4, driver: 'vfio-pci' }
    const { codes, findings } = check([guest('one', device(plain))], facts('ixgbe', { '0000:05:00.1': left }))
    expect(codes).toEqual(['info vfio/group-member-outside'])
    expect(findings[0]?.message).toContain('0000:05:00.1')
    const bridge = { ...left, driver: 'pcieport', class: '060400' }
    expect(check([guest('one', device(plain))], facts('ixgbe', { '0000:05:00.1': bridge })).codes).toEqual([])
  })
  test('a function that the host does not have', () => {
    const { errors } = check([guest('one', device('0000:09:00.0'))], facts('ixgbe'))
    expect(errors).toMatchObject([{ code: 'vfio/function-not-on-host', kernel: { rule: 'open/no-device' } }])
    expect(errors[0]?.hint).toContain('lspci -D')
  })
  test('a VF that is not created yet', () => {
    const missing = [guest('one', device('0000:03:10.4', tokenA))]
    expect(check(missing, facts('vfio-pci')).errors[0]?.hint).toContain(`${pf}/sriov_numvfs`)
    expect(check(missing, facts('vfio-pci')).errors[0]?.hint).not.toContain('enable_sriov')
    const off = { ...facts('vfio-pci'), vfioEnableSriov: false }
    expect(check(missing, off).errors[0]?.hint).toContain('enable_sriov')
  })
  test('a PF that --pf says userspace drives, and a domain takes', () => {
    const { errors } = check([card], facts('vfio-pci'), { outside: userspace(tokenA) })
    expect(errors).toMatchObject([{ code: 'vfio/function-taken-outside', device: pf, kernel: { errno: 'EBUSY' } }])
  })
  test('--pf names what is no PF of the host', () => {
    const outside = new Map<string, OutsideDriver>([
      [vf1, { kind: 'kernel' }],
      ['0000:09:00.0', { kind: 'kernel' }],
    ])
    const { errors } = check([], facts('ixgbe'), { outside })
    expect(errors.map(({ code, device: address }) => [code, address])).toEqual([
      ['vfio/pf-not-on-host', vf1],
      ['vfio/pf-not-on-host', '0000:09:00.0'],
    ])
  })
  test('two domains of one name', () => {
    const twin = { ...guest('one', device(vf1)), file: 'copy.xml' }
    expect(check([guest('one', device(plain)), twin], facts('ixgbe')).errors).toMatchObject([
      { code: 'vfio/same-name', file: 'copy.xml' },
    ])
  })
})

describe('binding', () => {
  const managed = { managed: true }
  test('not bound to vfio-pci, and nobody binds it', () => {
    const { errors } = check([guest('web', device(vf1))], facts('ixgbe', { [vf1]: { driver: 'ixgbevf' } }))
    expect(errors).toMatchObject([{ code: 'vfio/not-bound', kernel: { rule: 'open/not-bound', errno: 'ENOENT' } }])
    expect(errors[0]?.message).toContain('bound to ixgbevf')
    const nothing = check([guest('web', device(vf1))], facts('ixgbe', { [vf1]: { driver: '' } })).errors
    expect(nothing[0]?.message).toContain('no driver')
  })
  test('managed: it will be bound', () => {
    const native = facts('ixgbe', { [vf1]: { driver: 'ixgbevf' } })
    const { starts, codes, findings } = check([guest('web', device(vf1, undefined, managed))], native)
    expect(starts).toEqual({ web: true })
    expect(codes).toEqual(['info vfio/will-be-bound'])
    expect(findings[0]?.message).toContain('ixgbevf')
    expect(check([guest('web', device(vf1, undefined, managed))], facts('ixgbe')).codes).toEqual([])
  })
  test('a PF with VFs of a driver of the host', () => {
    const { errors, starts } = check([guest('card', device(pf, tokenA, managed)), web], facts('ixgbe'))
    expect(starts).toEqual({ card: false, web: false })
    expect(errors).toMatchObject([
      {
        code: 'vfio/pf-has-vfs',
        domain: 'card',
        kernel: {
          errno: 'EBUSY',
          log: [
            `vfio-pci ${pf}: Cannot bind to PF with SR-IOV enabled`,
            `vfio-pci ${pf}: probe with driver vfio-pci failed with error -16`,
          ],
        },
      },
      { code: 'vfio/token-unwanted', domain: 'web' },
    ])
  })
  test('a failed start gives the devices back', () => {
    const native = facts('ixgbe', { [vf1]: { driver: 'ixgbevf' } })
    const failing = guest('one', device(vf1, undefined, managed), device(plain, tokenA))
    const { findings } = check([failing, guest('two', device(vf1))], native)
    expect(findings.find(({ code }) => code === 'vfio/not-bound')?.message).toContain('ixgbevf')
  })
  test('a managed device of another domain that is in use cannot be detached', () => {
    const one = guest('one', device(plain))
    const two = guest('two', device(plain, undefined, { managed: true, driver: 'nvgrace_gpu_vfio_pci' }))
    const { errors } = check([one, two], facts('ixgbe'))
    expect(errors.map(({ code }) => code)).toEqual(['vfio/not-detached', 'vfio/function-shared'])
  })
  test('drivers that the host file does not tell', () => {
    const unknown = facts(undefined, { [vf1]: { driver: undefined } })
    const { codes, findings, starts } = check([card, web], unknown)
    expect(starts).toEqual({ card: true, web: true })
    expect(codes.filter((code) => code.includes('unknown'))).toEqual([
      'warning vfio/driver-unknown',
      'warning vfio/driver-unknown',
    ])
    expect(findings.find(({ device: address }) => address === pf)?.message).toContain('taken to be vfio-pci')
    const alone = check([guest('web', device(vf1))], facts(undefined))
    expect(alone.starts).toEqual({ web: true })
    expect(alone.findings).toMatchObject([{ code: 'vfio/driver-unknown', device: vf1 }])
    expect(alone.findings[0]?.message).toContain('driver of the kernel')
    expect(check([web], facts(undefined)).codes).toEqual(['warning vfio/driver-unknown', 'error vfio/pf-token-unset'])
    expect(check([guest('one', device(plain))], facts(undefined)).codes).toEqual([])
  })
})

describe('trust and restarts', () => {
  test('a PF in a guest while its VFs serve others', () => {
    const { findings } = check([card, web, mail], facts('vfio-pci'))
    const found = findings.filter(({ code }) => code === 'vfio/pf-in-guest')
    expect(found).toMatchObject([{ severity: 'warning', domain: 'card' }])
    expect(found[0]?.message).toContain('"web" (web.xml) and domain "mail" (mail.xml)')
    const both = guest('card', device(pf, tokenA), device(vf1, tokenA))
    expect(check([both], facts('vfio-pci')).codes).not.toContain('warning vfio/pf-in-guest')
  })
  test('a restart while VFs are in use needs the same token', () => {
    const { findings } = check([card, web], facts('vfio-pci'))
    expect(findings.filter(({ code }) => code === 'vfio/restart-same-token')).toMatchObject([
      { severity: 'info', domain: 'card', device: pf },
    ])
    expect(check([card], facts('vfio-pci')).codes).toEqual([])
  })
  test('a restart that the kernel refuses', () => {
    const through = guest('web', device(vf1, undefined, { throughIommufd: true }))
    const old = { ...facts('vfio-pci'), kernelVersion: '6.1.0' }
    const { starts, findings } = check([guest('card', device(pf)), through], old)
    expect(starts).toEqual({ card: true, web: true })
    expect(findings.filter(({ code }) => code === 'vfio/restart-refused')).toMatchObject([
      { severity: 'warning', domain: 'card', kernel: { rule: 'pf/token-required', errno: 'EACCES' } },
    ])
  })
})

describe('iommufd', () => {
  const object = { start: 90, end: 99 }
  test('an iommufd object and a token', () => {
    const domain = { ...web, iommufd: object }
    const { findings } = check([card, domain], facts('vfio-pci'))
    expect(findings.filter(({ code }) => code === 'vfio/iommufd-token')).toMatchObject([
      { severity: 'warning', domain: 'web', device: vf1 },
    ])
    expect(check([{ ...guest('web', device(vf1)), iommufd: object }], facts('ixgbe')).codes).toEqual([])
  })
  test('a VF opened through it: the kernel asks for what QEMU does not pass', () => {
    const domain = guest('web', device(vf1, tokenA, { throughIommufd: true }))
    const { errors } = check([card, domain], facts('vfio-pci'))
    expect(errors).toMatchObject([{ code: 'vfio/token-missing', kernel: { rule: 'vf/token-required' } }])
    expect(errors[0]?.message).toContain('iommufd')
  })
  test('one group, opened through it and through the group', () => {
    const shared = facts('ixgbe', { [vf2]: { iommuGroup: 2 } })
    const mixed = guest('web', device(vf1, undefined, { throughIommufd: true }), device(vf2))
    expect(check([mixed], shared).errors).toMatchObject([
      { code: 'vfio/group-opened-two-ways', device: vf2, kernel: { rule: 'open/busy', errno: 'EBUSY' } },
    ])
    const both = guest(
      'web',
      device(vf1, undefined, { throughIommufd: true }),
      device(vf2, undefined, { throughIommufd: true }),
    )
    expect(check([both], shared).errors).toEqual([])
  })
  test('one function in two domains, both through it', () => {
    const domain = (name: string) => guest(name, device(vf1, undefined, { throughIommufd: true }))
    expect(check([domain('one'), domain('two')], facts('ixgbe')).errors).toMatchObject([
      { code: 'vfio/function-shared', kernel: { rule: 'iommufd/second', errno: 'EINVAL' } },
    ])
  })
  test('a PF opened through it sets no token', () => {
    const owner = guest('card', device(pf, tokenA, { throughIommufd: true }))
    expect(check([owner, web], facts('vfio-pci')).errors).toMatchObject([{ code: 'vfio/pf-token-unset' }])
  })
  test.each([
    ['6.16.9', false],
    ['6.17.0-rc1', true],
    ['6.18.44-generic', true],
    ['7.0', true],
    ['5.10.0-28-amd64', false],
    ['', true],
    [undefined, true],
  ])('Linux %s', (release, expected) => {
    expect(kernelBehaviour(release).iommufdChecksToken).toBe(expected)
  })
})

test('no token is in anything that comes out', () => {
  const { outcomes, findings } = checkDomains(
    [card, guest('web', device(vf1, tokenB)), guest('x', device(plain, tokenA)), guest('y', device(vf2))],
    facts('vfio-pci'),
    { outside: userspace(tokenB) },
  )
  const told = JSON.stringify([findings, outcomes.flatMap(({ devices }) => devices.map(({ result }) => result))])
  expect(findings.length).toBeGreaterThan(3)
  expect(told).not.toContain(tokenA)
  expect(told).not.toContain(tokenB)
})
