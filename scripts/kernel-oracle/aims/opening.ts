import { formatDeviceName } from '../../../src/vfio/device-name.ts'
import { cast } from '../cast.ts'
import { oddName } from '../choices.ts'
import { open } from '../steps.ts'
import { card, closed, driven, inUse, loosePlain, through, tokenOf, vfioCard } from '../ways.ts'
import { type Aim, other, owner, tries } from './aim.ts'

const { pf, vf1, vf2, left, right, plain } = cast

/** Opening, by right and wrong names and tokens, in right and wrong groups. */
export const opening: readonly Aim[] = [
  {
    rules: ['plain/opens', 'plain/token-unwanted', 'close/still-open'],
    way: driven(plain, 'vfio-pci'),
    attempt: tries(plain),
  },
  {
    rules: [
      'name/no-match',
      'name/unknown-option',
      'name/second-token',
      'name/token-too-short',
      'name/token-malformed',
    ],
    way: loosePlain,
    attempt: (chance) => ({ op: 'open', holder: owner, address: plain, name: oddName(chance, plain) }),
  },
  {
    rules: ['name/too-long'],
    way: loosePlain,
    attempt: (chance) => ({ op: 'open', holder: owner, address: plain, name: plain.padEnd(4094 + chance.below(4)) }),
  },
  {
    rules: ['vf/opens-kernel-pf', 'vf/token-unwanted', 'sriov/enabled'],
    way: through(card('igb'), driven(vf1, 'vfio-pci'), closed(vf1)),
    attempt: tries(vf1),
  },
  {
    rules: ['vf/token-required', 'vf/token-incorrect', 'vf/opens'],
    way: through(vfioCard, closed(vf1)),
    attempt: tries(vf1),
  },
  {
    rules: ['pf/opens-token-kept', 'pf/opens-token-set', 'sriov/captured'],
    way: through(vfioCard, closed(vf1), closed(vf2), closed(pf)),
    attempt: tries(pf),
  },
  { rules: ['pf/token-required', 'pf/token-incorrect', 'pf/opens'], way: inUse, attempt: tries(pf) },
  {
    rules: ['open/no-container'],
    way: through(vfioCard, closed(vf1), closed(pf)),
    attempt: (chance, host) => {
      const address = chance.one([pf, vf1])
      return { op: 'open', holder: owner, address, name: formatDeviceName(address, tokenOf(host)), bare: true }
    },
  },
  {
    rules: ['open/not-bound-in-group', 'open/busy'],
    way: through(driven(right, 'vfio-pci'), driven(left, undefined)),
    attempt: (chance) => open(chance.one([owner, other]), chance.one([left, right])),
  },
  {
    rules: ['open/group-not-viable'],
    way: through(closed(left), closed(right), driven(right, 'vfio-pci'), driven(left, 'e1000')),
    attempt: (chance) => open(owner, chance.one([left, right])),
  },
]
