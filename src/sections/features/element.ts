import { element, type Infer } from '../../codec/element.ts'
import { child, flag, optional, required, withDefault } from '../../codec/field.ts'
import { big } from '../../codec/number.ts'
import { oneOf, onOff, yesNo } from '../../codec/scalar.ts'
import { settleKiB, settleLargestUnit, unit } from '../../fragments/size.ts'
import { containerCapabilities } from './container.ts'
import { hyperv } from './hyperv.ts'
import { kvm } from './kvm.ts'
import { countCache, hashPageTable, type hpt, mitigations, powerToggles } from './pseries.ts'
import { chosen, toggle } from './toggle.ts'

const apic = element('apic', 'The interrupt controller of a PC.', {
  attributes: { eoi: optional(onOff, { doc: 'Whether the guest may end interrupts without a trap.' }) },
})

const gic = element('gic', 'The interrupt controller of ARM.', {
  attributes: {
    version: optional(oneOf('2', '3', 'host'), {
      doc: "2, 3, or the host's; what the host has where absent.",
      invalid: 'features/gic-version',
    }),
  },
})

const tseg = element(
  'tseg',
  'The extended memory of system management mode.',
  { attributes: { unit: withDefault(unit, 'MiB', { doc: 'Unit of the size.' }) }, value: big() },
  { settle: settleLargestUnit },
)

const smm = element(
  'smm',
  'System management mode.',
  {
    attributes: {
      state: withDefault(onOff, true, { invalid: 'features/state', doc: 'on: given; off: kept from the guest.' }),
    },
    children: { tseg: child(tseg) },
  },
  {
    settle: ({ fields }) => {
      if (fields.state === false) fields.tseg = undefined
    },
  },
)

const ioapic = element(
  'ioapic',
  'The I/O APIC.',
  {
    attributes: {
      driver: optional(oneOf('kvm', 'qemu'), { doc: 'kvm: in the kernel; qemu: split, the I/O APIC in QEMU.' }),
    },
  },
  { omitEmpty: true },
)

const tbCache = element(
  'tb-cache',
  'The cache of translated code.',
  { attributes: { unit: withDefault(unit, 'KiB', { doc: 'Unit of the size.' }) }, value: big() },
  { settle: settleKiB },
)

const tcg = element(
  'tcg',
  "Switches of QEMU's emulation.",
  { children: { 'tb-cache': child(tbCache) } },
  { omitEmpty: true, lastHolds: true },
)

const asyncTeardown = element('async-teardown', "The guest's memory is given back after QEMU has ended.", {
  attributes: { enabled: withDefault(yesNo, true, { invalid: 'features/async-teardown', doc: 'Whether it is done.' }) },
})

const xenPassthrough = element(
  'passthrough',
  'PCI devices of the host (Xen).',
  {
    attributes: {
      state: required(onOff, { doc: 'on: given; off: kept from the guest.' }),
      mode: optional(oneOf('sync_pt', 'share_pt'), { doc: 'Whether the page tables are shared with the IOMMU.' }),
    },
  },
  {
    // libvirt forgets how they would be given
    settle: ({ fields }) => {
      if (fields.state === false) fields.mode = undefined
    },
  },
)

const xen = element(
  'xen',
  'Switches of Xen.',
  {
    children: {
      e820_host: child(chosen('e820_host', "The host's memory map (Xen).")),
      passthrough: child(xenPassthrough),
    },
  },
  { alwaysOpen: true, lastHolds: true, closed: { code: 'features/unknown' } },
)

const msrs = element('msrs', 'Registers that the host does not know (bhyve).', {
  attributes: {
    unknown: required(oneOf('ignore', 'fault'), { doc: 'ignore: a read gives 0; fault: the guest gets an exception.' }),
  },
})

const aia = element(
  'aia',
  'The advanced interrupt architecture of RISC-V.',
  {
    attributes: {
      value: optional(oneOf('none', 'aplic', 'aplic-imsic'), {
        doc: 'none; aplic: wired interrupts; aplic-imsic: those of messages, too.',
        invalid: 'features/aia',
      }),
    },
  },
  { omitEmpty: true },
)

const children = {
  acpi: flag({ doc: 'ACPI.' }),
  apic: child(apic),
  pae: flag({ doc: 'Physical address extension.' }),
  hap: child(toggle('hap', "The processor's help in paging.")),
  viridian: flag({ doc: 'Interfaces of Hyper-V (Xen).' }),
  privnet: flag({ doc: 'A network namespace of its own (LXC).' }),
  hyperv: child(hyperv),
  kvm: child(kvm),
  pvspinlock: child(toggle('pvspinlock', 'Spinlocks with the help of the hypervisor.')),
  capabilities: child(containerCapabilities),
  pmu: child(toggle('pmu', 'Performance counters.')),
  vmport: child(toggle('vmport', "VMware's port.")),
  gic: child(gic),
  smm: child(smm),
  ioapic: child(ioapic),
  ...hashPageTable,
  vmcoreinfo: child(toggle('vmcoreinfo', "A device by which the guest's kernel says where its crash notes are.")),
  ...powerToggles,
  msrs: child(msrs),
  ...countCache,
  xen: child(xen),
  ...mitigations,
  tcg: child(tcg),
  'async-teardown': child(asyncTeardown),
  ras: child(chosen('ras', 'Memory errors are reported to the guest (ARM).'), { since: '10.4' }),
  ps2: child(chosen('ps2', "The PC's keyboard and mouse controller."), { since: '10.7' }),
  aia: child(aia, { since: '11.1' }),
  virtualization: flag({ doc: 'The guest can run guests of its own (ARM, emulated).', since: '12.1' }),
} as const

/** Whether they say no more than the default: what is listed counts only beside a policy. */
function isDefault(capabilities: Infer<typeof containerCapabilities> | undefined): boolean {
  if (capabilities === undefined) return false
  const { policy, ...listed } = capabilities
  return policy === 'default' && Object.values(listed).every((it) => it === undefined)
}

/** What the board and the hypervisor can do (formatdomain, "Hypervisor features"). */
export const features = element(
  'features',
  'Features of the board and the hypervisor.',
  { children },
  {
    omitEmpty: true,
    lastHolds: true,
    closed: { code: 'features/unknown' },
    settle: ({ fields }) => {
      if (isDefault(fields.capabilities as Infer<typeof containerCapabilities> | undefined))
        fields.capabilities = undefined
      const table = fields.hpt as Infer<typeof hpt> | undefined
      if (table?.resizing === undefined && !table?.maxpagesize?.value) fields.hpt = undefined
      if (!(fields.tcg as Infer<typeof tcg> | undefined)?.['tb-cache']?.value) fields.tcg = undefined
      if ((fields.ioapic as Infer<typeof ioapic> | undefined)?.driver === undefined) fields.ioapic = undefined
    },
  },
)

export type Features = Infer<typeof features>
