import type { HostFile } from '../file.ts'
import type { HostLayer } from '../load.ts'
import { assumedLayer } from './assumed.ts'
import { debian13 } from './debian13.ts'
import { fedora } from './fedora.ts'
import { generic } from './generic.ts'

/** Hosts that need no file, by name: what a fresh install of a distribution has. */
export const builtinHosts = { debian13, fedora, generic } satisfies { readonly [name: string]: HostFile }

export type BuiltinHostName = keyof typeof builtinHosts

export function isBuiltinHost(name: string): name is BuiltinHostName {
  return Object.hasOwn(builtinHosts, name)
}

/** What a user said by naming a distribution; the generic host is no more than what is assumed anyway. */
export function builtinLayers(name: BuiltinHostName): HostLayer[] {
  return name === 'generic' ? [assumedLayer] : [{ file: builtinHosts[name], standing: 'sketched' }, assumedLayer]
}
