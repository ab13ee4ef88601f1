import { element } from '../../codec/element.ts'
import { flag } from '../../codec/field.ts'

export const features = element(
  'features',
  'Features of the board and the hypervisor.',
  { children: { pae: flag({ doc: 'Physical address extension.' }), acpi: flag({ doc: 'ACPI.' }) } },
  {
    unbuilt: {
      children: [
        'apic',
        'hap',
        'viridian',
        'privnet',
        'hyperv',
        'kvm',
        'xen',
        'pvspinlock',
        'pmu',
        'vmport',
        'gic',
        'smm',
        'ioapic',
        'hpt',
        'htm',
        'nested-hv',
        'vmcoreinfo',
        'capabilities',
        'msrs',
        'ccf-assist',
        'cfpc',
        'sbbc',
        'ibs',
        'tcg',
        'async-teardown',
        'ras',
        'ps2',
        'aia',
      ],
    },
  },
)
