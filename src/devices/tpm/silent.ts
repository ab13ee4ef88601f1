import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['backend'], why: 'Told to swtpm, which serves the TPM.', evidence: 'formatdomain, TPM device' },
]
