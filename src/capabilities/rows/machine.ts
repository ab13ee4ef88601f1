import {
  command,
  deviceProperty,
  hostHas,
  kvmEnabled,
  machineProperty,
  objectProperty,
  option,
  schema,
  type,
  version,
} from '../evidence.ts'
import { goneWithQemu5_1, inEveryQemu6_2, type Rows, row } from './row.ts'

/** Accelerators, machine types, what a machine has built in, and the process as a whole. */
export const machine = {
  'acpi-erst': row("error record storage (`<pstore backend='acpi-erst'>`)", type('acpi-erst'), { since: '10.6' }),
  'compat-deprecated': row(
    'treatment of deprecated interfaces (`<qemu:deprecation behavior=>`, `-compat`)',
    version({ since: { major: 6, minor: 0, micro: 0 } }),
    inEveryQemu6_2,
  ),
  'confidential-guest-support': row(
    'confidential guests through the machine property of that name',
    objectProperty('none-machine', 'confidential-guest-support'),
  ),
  'enable-fips': row(
    '`-enable-fips`, on hosts in FIPS mode',
    version({ before: { major: 5, minor: 2, micro: 0 } }),
    goneWithQemu5_1,
  ),
  hvf: row("`<domain type='hvf'>`", hostHas('hvf', "the host is a Mac with Apple's hypervisor framework")),
  i8042: row('PS/2 controller (`<ps2 state=>`)', type('i8042')),
  kvm: row("`<domain type='kvm'>`", kvmEnabled),
  'kvm-pit-lost-tick-policy': row(
    "treatment of lost ticks of the PIT (`<timer name='pit'>`)",
    deviceProperty('kvm-pit', 'lost_tick_policy'),
  ),
  'machine-hpet': row("HPET as a machine property (`<timer name='hpet'>`)", option('machine', 'hpet')),
  'machine-i8042-opt': row(
    'PS/2 controller as a machine property (`<ps2 state=>`)',
    objectProperty('generic-pc-machine', 'i8042', { isAbstract: true }),
    { since: '10.7' },
  ),
  'machine-vmport-opt': row('VMware I/O port (`<vmport state=>`)', type('vmport')),
  'machine.virt.aia': row('interrupt architecture of RISC-V (`<aia value=>`)', machineProperty('virt', 'aia'), {
    since: '11.1',
  }),
  'machine.virt.highmem-mmio-size': row(
    'size of the high window for PCI memory of the machine `virt` (`<pcihole64>`)',
    machineProperty('virt', 'highmem-mmio-size'),
    { since: '12.8' },
  ),
  'machine.virt.iommu': row(
    "SMMUv3 of the machine `virt` (`<iommu model='smmuv3'/>`)",
    machineProperty('virt', 'iommu'),
  ),
  'machine.virt.ras': row(
    'memory errors of the host reported to an Arm guest (`<ras state=>`)',
    machineProperty('virt', 'ras'),
    { since: '10.4' },
  ),
  mch: row('host bridge of Q35', type('mch')),
  'mch.extended-tseg-mbytes': row('size of SMRAM (`<smm><tseg>`)', deviceProperty('mch', 'extended-tseg-mbytes')),
  nvram: row('NVRAM of a pSeries guest (`<nvram>`)', type('spapr-nvram')),
  pvpanic: row("`<panic model='isa'/>`", type('pvpanic')),
  'pvpanic-pci': row("`<panic model='pvpanic'/>`", type('pvpanic-pci')),
  'rtc-reset-reinjection': row("queue of the RTC's lost ticks can be emptied", command('rtc-reset-reinjection')),
  'run-with.async-teardown': row(
    'memory given back after the process ended (`<async-teardown>`)',
    option('run-with', 'async-teardown'),
  ),
  'seccomp-sandbox': row('system call filter (`-sandbox`)', option('sandbox', 'elevateprivileges')),
  shim: row('shim of a directly booted kernel (`<shim>`)', option('machine', 'shim'), { since: '11.2' }),
  'smp-clusters': row(
    'clusters of CPUs (`<topology clusters=>`)',
    schema('query-hotpluggable-cpus/returns/props/cluster-id'),
  ),
  'smp-dies': row('dies of CPUs (`<topology dies=>`)', schema('query-hotpluggable-cpus/returns/props/die-id')),
  tcg: row("`<domain type='qemu'>`", type('tcg-accel')),
  'uefi-vars': row('UEFI variables in a device (`<varstore>`)', type('uefi-vars-x64'), { since: '12.1' }),
  vmcoreinfo: row('memory dump information of the guest (`<vmcoreinfo>`)', type('vmcoreinfo')),
  vmgenid: row('generation id of the machine (`<genid>`)', type('vmgenid')),
} satisfies Rows
