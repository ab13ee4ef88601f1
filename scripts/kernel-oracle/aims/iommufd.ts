import type { VfioHost } from '../../../src/vfio/host.ts'
import type { Operation } from '../../../tests/vfio/operation.ts'
import { cast } from '../cast.ts'
import { type Chance, tokens } from '../choices.ts'
import { byIommufd } from '../other-way.ts'
import { iommufd, numvfs, open } from '../steps.ts'
import { boundToIommufd, card, closed, driven, inUse, loosePlain, opened, through, tokenOf, vfioCard } from '../ways.ts'
import { type Aim, other, owner } from './aim.ts'

const { pf, vf1, vf2, left, right, plain, absent } = cast

/** Opens one of the functions through an iommufd, with any token. */
const tries =
  (...addresses: readonly string[]) =>
  (chance: Chance, host: VfioHost): Operation =>
    iommufd(owner, chance.one(addresses), chance.one([undefined, tokenOf(host), ...tokens]))

/** Rules of opening by who knows the token, on this way. */
const asked: readonly Aim[] = [
  { rules: ['plain/opens', 'plain/token-unwanted'], way: loosePlain, attempt: tries(plain) },
  {
    rules: ['vf/opens-kernel-pf', 'vf/token-unwanted'],
    way: through(card('igb'), driven(vf1, 'vfio-pci'), closed(vf1)),
    attempt: tries(vf1),
  },
  {
    rules: ['vf/token-required', 'vf/token-incorrect', 'vf/opens'],
    way: through(vfioCard, closed(vf1)),
    attempt: tries(vf1),
  },
  {
    rules: ['pf/opens-token-kept', 'pf/opens-token-set'],
    way: through(vfioCard, closed(vf1), closed(vf2), closed(pf)),
    attempt: tries(pf),
  },
  {
    rules: ['pf/token-required', 'pf/token-incorrect', 'pf/opens'],
    way: through(inUse, closed(pf)),
    attempt: tries(pf),
  },
]

/** Rules that both ways have, whatever the token. */
const both: readonly Aim[] = [
  {
    rules: ['open/busy'],
    way: through(driven(plain, 'vfio-pci'), opened(plain)),
    attempt: (chance) => iommufd(chance.one([owner, other]), plain),
  },
  {
    rules: ['open/group-not-viable'],
    way: through(closed(left), closed(right), driven(right, 'vfio-pci'), driven(left, 'e1000')),
    attempt: () => iommufd(owner, right),
  },
  {
    rules: ['open/pf-locked'],
    way: (host) => (host.waits ? undefined : through(inUse, closed(pf))(host)),
    attempt: (chance, host) => (host.waits ? tries(pf)(chance, host) : numvfs(pf, 0)),
  },
]

const own: readonly Aim[] = [
  {
    rules: ['iommufd/no-file', 'iommufd/no-device'],
    way: driven(plain, undefined),
    attempt: tries(plain, absent),
  },
  {
    rules: ['iommufd/second'],
    way: through(driven(plain, 'vfio-pci'), boundToIommufd(plain)),
    attempt: (chance) => chance.one([iommufd, iommufd, open])(chance.one([owner, other]), plain),
  },
  {
    rules: ['iommufd/group-taken'],
    way: through(driven(left, 'vfio-pci'), driven(right, 'vfio-pci'), closed(right), boundToIommufd(left)),
    attempt: () => iommufd(other, right),
  },
  {
    rules: ['iommufd/token-unchecked', 'iommufd/token-unknown'],
    way: through(vfioCard, closed(vf1), closed(vf2), closed(pf)),
    attempt: tries(pf, vf1, vf2),
  },
]

/** Opening through an iommufd: for a kernel that has it. */
export const throughIommufd: readonly Aim[] = [
  ...[...asked, ...both].map((aim) => ({ ...aim, rules: aim.rules.map(byIommufd) })),
  ...own,
]
