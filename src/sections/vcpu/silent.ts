import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['vcpu/@cpuset', 'vcpus'],
    why: 'Placed by cgroups; CPUs that are plugged later are told to a running QEMU.',
    evidence: 'formatdomain, CPU Allocation',
  },
]
