import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['features/apic', 'features/gic', 'features/pae'],
    why: 'A board has them, or the machine says its own; what differs has an attribute.',
    evidence: 'formatdomain, Hypervisor features',
  },
]
