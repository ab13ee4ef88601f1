import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['on_crash', 'on_poweroff', 'on_reboot'],
    why: 'What libvirt does when QEMU says that the guest has ended.',
    evidence: 'formatdomain, Events configuration',
  },
]
