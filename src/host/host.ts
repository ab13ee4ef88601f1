import { own } from '../own.ts'
import type { HostFacts } from './facts.ts'
import type { Networks } from './networks.ts'
import type { StoragePools } from './pools.ts'
import type { RandomSource } from './random.ts'
import type { HostResources } from './resources.ts'
import type { SecretStore } from './secrets.ts'
import type { FactKey, Standing } from './standing.ts'

/**
 * The machine on which a domain is defined and started: facts as plain data, and things that answer questions.
 * Every answer is a function of the question alone, so that the same domain gives the same command line.
 */
export interface Host extends HostFacts {
  readonly networks: Networks
  readonly storagePools: StoragePools
  readonly secrets: SecretStore
  readonly resources: HostResources
  readonly random: RandomSource
  /** Who answers for a fact. */
  standing(key: FactKey): Standing
}

/** A domain built as the target of a migration. */
export interface Incoming {
  /** What QEMU listens on, e.g. `tcp:10.0.0.1:5000`. */
  readonly uri: string
  /** The descriptor that libvirt hands over for `fd:` and `stdio`; 0 for none. */
  readonly fd: number
}

/** QEMU's names of targets where they are not libvirt's (source: `qemu-system-*` binaries). */
const targets: Readonly<Record<string, string>> = {
  i686: 'i386',
  armv6l: 'arm',
  armv7b: 'arm',
  armv7l: 'arm',
  ppc64le: 'ppc64',
}

/** QEMU's name of the target for an architecture (libvirt's name). */
export function targetOf(arch: string): string {
  return own(targets, arch) ?? arch
}

/** The QEMU binary for an architecture (libvirt's name) where the domain names none. */
export function emulatorOf(host: Pick<HostFacts, 'emulators'>, arch: string): string {
  return own(host.emulators, arch) ?? `/usr/bin/qemu-system-${targetOf(arch)}`
}

/** The descriptors of a group that was handed over; a group is called as its user likes, `constructor` too. */
export function fdGroupOf({ fdGroups }: Pick<HostFacts, 'fdGroups'>, name: string): readonly number[] | undefined {
  return own(fdGroups, name)
}
