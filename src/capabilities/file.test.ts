import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseBuild, loadBuiltin } from './builtin.ts'
import { type CapabilityTable, capabilitiesOf } from './capabilities.ts'
import { printCapabilities, readCapabilities } from './file.ts'
import { flags } from './flags.ts'
import { loadCapabilities } from './load.ts'

const name = fc.stringMatching(/^[a-z0-9.+_-]{1,12}$/)
const tristate = fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const)
const machine = fc.record(
  {
    name,
    alias: name,
    maxCpus: fc.nat(),
    hotplugCpus: fc.boolean(),
    isDefault: fc.boolean(),
    defaultCpu: name,
    numaMemSupported: fc.boolean(),
    defaultRamId: name,
    deprecated: fc.boolean(),
    acpi: tristate,
  },
  { requiredKeys: ['name', 'maxCpus', 'hotplugCpus', 'isDefault', 'numaMemSupported', 'deprecated', 'acpi'] },
)
const cpuModel = fc.record(
  { name, type: name, usable: tristate, blockers: fc.array(name), deprecated: fc.boolean() },
  { requiredKeys: ['name', 'usable', 'blockers', 'deprecated'] },
)
const property = fc.oneof(
  fc.record({ name, type: fc.constant('boolean' as const), value: fc.boolean(), migratable: fc.boolean() }),
  fc.record({ name, type: fc.constant('number' as const), value: fc.maxSafeInteger() }),
  fc.record({ name, type: fc.constant('string' as const), value: fc.string() }),
)
const table: fc.Arbitrary<CapabilityTable> = fc.record({
  label: name,
  version: fc.record({ major: fc.nat(), minor: fc.nat(), micro: fc.nat() }),
  package: fc.string(),
  arch: fc.constantFrom('x86_64' as const, 's390x' as const),
  flags: fc.subarray([...flags]),
  accelerators: fc.record(
    {
      kvm: fc.record({
        machines: fc.array(machine),
        cpuModels: fc.array(cpuModel),
        hostCpu: fc.record({ model: name, migratability: fc.boolean(), properties: fc.array(property) }),
      }),
      tcg: fc.record({ machines: fc.array(machine), cpuModels: fc.array(cpuModel) }),
    },
    { requiredKeys: [] },
  ),
  gic: fc.array(
    fc.record({ version: fc.constantFrom('2' as const, '3' as const), kernel: fc.boolean(), emulated: fc.boolean() }),
  ),
  hyperv: fc.array(name),
  recordedOn: fc.constantFrom('host' as const, 'elsewhere' as const),
})

describe('a capability file', () => {
  it('holds every table', () => {
    fc.assert(
      fc.property(table, (given) => {
        const { capabilities, diagnostics } = readCapabilities(printCapabilities(given))
        expect(diagnostics).toEqual([])
        expect(capabilities?.table).toEqual(given)
      }),
      { numRuns: 30 },
    )
  })

  it('is read from bytes, beside libvirt XML', async () => {
    const builtin = await loadBuiltin(chooseBuild('riscv64').build!)
    const bytes = new TextEncoder().encode(printCapabilities(builtin.table))
    expect(loadCapabilities(bytes).capabilities?.table).toEqual(builtin.table)
    const xml = new TextEncoder().encode('<qemuCaps><version>8002000</version><arch>s390x</arch></qemuCaps>')
    expect(loadCapabilities(xml).capabilities?.arch).toBe('s390x')
  })

  const empty = capabilitiesOf({
    label: '8.2.0',
    version: { major: 8, minor: 2, micro: 0 },
    package: '',
    arch: 'x86_64',
    flags: ['kvm'],
    accelerators: {},
    gic: [],
    recordedOn: 'host',
  }).table
  const text = printCapabilities(empty)

  it('of a newer version mentions flags that are not known', () => {
    const { capabilities, diagnostics } = readCapabilities(text.replace('"kvm"', '"kvm", "warp"'))
    expect([...(capabilities?.flags ?? [])]).toEqual(['kvm'])
    expect(diagnostics).toMatchObject([{ code: 'capabilities/unknown-flag', severity: 'info', path: '/flags/1' }])
  })

  it.each([
    ['of a newer format', text.replace('"format": 1', '"format": 2, "colour": "red"'), 'capabilities/newer-format'],
    ['cut short', text.slice(0, 100), 'capabilities/not-json'],
    ['that is no JSON', 'hello', 'capabilities/not-json'],
    ['that is another JSON', '[]', 'capabilities/wrong-type'],
    ['of a host', '{"kvm": {}}', 'capabilities/unknown-key'],
    ['of an unknown architecture', text.replace('x86_64', 'z80'), 'capabilities/bad-value'],
    ['with a NUL in a name', text.replace('"label": "', '"label": "\\u0000'), 'capabilities/bad-value'],
    ['without its version', text.replace(/"version": \{[^}]*\},/, ''), 'capabilities/missing-key'],
    ['nested without end', '['.repeat(100_000), 'capabilities/not-json'],
    ['that meddles with prototypes', text.replace('{', '{"__proto__": {"arch": 1},'), 'capabilities/unknown-key'],
  ])('%s is refused', (_, given, code) => {
    const { capabilities, diagnostics } = readCapabilities(given)
    expect(capabilities).toBeUndefined()
    expect(diagnostics.map((finding) => finding.code)).toContain(code)
    for (const finding of diagnostics) expect(finding.hint).toBeTruthy()
  })
})
