import { describe, expect, it } from 'vitest'
import { type CapabilityTable, capabilitiesOf, type MachineType } from './capabilities.ts'
import { withChanges } from './changes.ts'

const machine = (name: string, more: Partial<MachineType> = {}): MachineType => ({
  name,
  maxCpus: 1,
  hotplugCpus: false,
  isDefault: false,
  numaMemSupported: false,
  deprecated: false,
  acpi: 'unknown',
  ...more,
})

const table: CapabilityTable = {
  label: '8.2.0',
  version: { major: 8, minor: 2, micro: 0 },
  package: '',
  arch: 'x86_64',
  flags: ['kvm', 'tcg', 'VGA'],
  accelerators: {
    kvm: {
      machines: [machine('pc-i440fx-8.2', { alias: 'pc', isDefault: true }), machine('pc-q35-8.2')],
      cpuModels: [{ name: 'qemu64', usable: 'yes', blockers: [], deprecated: false }],
      hostCpu: { model: 'base', migratability: true, properties: [] },
    },
    tcg: { machines: [machine('pc-q35-8.2'), machine('isapc', { isDefault: true })], cpuModels: [] },
  },
  gic: [],
  recordedOn: 'host',
}

describe('a capability table', () => {
  const capabilities = capabilitiesOf(table)

  it('finds machine types by name and alias, for each accelerator apart', () => {
    expect(capabilities.machine('pc', 'kvm')?.name).toBe('pc-i440fx-8.2')
    expect(capabilities.canonicalMachine('pc', 'kvm')).toBe('pc-i440fx-8.2')
    expect(capabilities.canonicalMachine('pc', 'tcg')).toBe('pc')
    expect(capabilities.defaultMachine('kvm')?.name).toBe('pc-i440fx-8.2')
    expect(capabilities.defaultMachine('tcg')?.name).toBe('pc-q35-8.2')
    expect(capabilities.defaultMachine('hvf')).toBeUndefined()
    expect(capabilities.machines('hvf')).toEqual([])
  })

  it('lists its accelerators best first', () => {
    expect(capabilities.accelerators).toEqual(['kvm', 'tcg'])
  })

  it('compares versions', () => {
    expect(capabilities.versionAtLeast(8, 2)).toBe(true)
    expect(capabilities.versionAtLeast(8, 2, 1)).toBe(false)
    expect(capabilities.versionAtLeast(7, 99)).toBe(true)
    expect(capabilities.versionAtLeast(9)).toBe(false)
  })
})

describe('withChanges', () => {
  it('adds and removes flags, removal last, and leaves the given table alone', () => {
    const before = capabilitiesOf(table)
    const after = withChanges(before, { add: ['sev-guest', 'qxl'], remove: ['qxl', 'VGA'] })
    expect([...after.flags]).toEqual(['kvm', 'tcg', 'sev-guest'])
    expect(before.has('VGA')).toBe(true)
    expect(before.has('sev-guest')).toBe(false)
  })

  it('strips aliases', () => {
    const after = withChanges(capabilitiesOf(table), { stripMachineAliases: true })
    expect(after.canonicalMachine('pc', 'kvm')).toBe('pc')
    expect(after.defaultMachine('kvm')?.name).toBe('pc')
  })

  it('replaces GIC versions and the host CPU of one accelerator', () => {
    const gic = [{ version: '3', kernel: true, emulated: true }] as const
    const hostCpu = { model: 'POWER8', migratability: false, properties: [] }
    const after = withChanges(capabilitiesOf(table), { gic, hostCpu: { tcg: hostCpu, kvm: null } })
    expect(after.gic).toEqual(gic)
    expect(after.hostCpu('tcg')).toEqual(hostCpu)
    expect(after.hostCpu('kvm')).toBeUndefined()
  })
})
