import { assumedLayer } from './builtin/assumed.ts'
import type { Host } from './host.ts'
import { hostFromLayers } from './load.ts'

/**
 * The host that nobody described: what a fresh libvirt has, all of it assumed. Random values are the same on each run.
 * @param arch libvirt's name of the architecture
 */
export function genericHost(arch: string): Host {
  return hostFromLayers([assumedLayer], arch).host
}
