import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['@connected', '@passwd', '@passwdValidTo'],
    why: 'The password and its end are told to a running QEMU by its monitor.',
    evidence: 'formatdomain, Graphical framebuffers',
  },
  {
    paths: ['@listen', '@socket'],
    why: 'Repeats the first <listen>.',
    evidence: 'formatdomain, Graphical framebuffers',
  },
]
