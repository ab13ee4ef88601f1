import type { DriverConfig } from './config.ts'
import type { HostFile } from './file.ts'

/** A fact of the host by its key in the host file; one of the driver's configuration as `config.KEY`. */
export type FactKey = keyof HostFile | `config.${keyof DriverConfig}`

/**
 * Who answers for a fact. `described`: the host file; what its lists leave out is not there. `sketched`: the user named
 * a distribution; what a fresh one lacks may be there. `assumed`: nobody; a fresh libvirt has it so.
 */
export type Standing = 'described' | 'sketched' | 'assumed'

/** The keys that a host file gives, and of its driver configuration each key by itself. */
export function keysGiven({ config, ...others }: HostFile): ReadonlySet<FactKey> {
  const given = (object: object) => Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [key]))
  return new Set([...given(others), ...given(config ?? {}).map((key) => `config.${key}`)] as FactKey[])
}
