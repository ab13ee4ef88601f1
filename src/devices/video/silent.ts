import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['alias'], why: 'A screen of vhost-user has the name of its place.', evidence: 'a golden of 10.1' },
  {
    paths: ['driver/@name', 'driver/@page_per_vq', 'model/acceleration/@rendernode'],
    why: 'Told to the program that draws for the guest, or of a property that the card has not.',
    evidence: 'formatdomain, Video devices',
  },
]
