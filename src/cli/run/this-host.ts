import { machine } from 'node:os'
import { assumedLayer } from '../../host/builtin/assumed.ts'
import type { HostFile } from '../../host/file.ts'
import type { Host } from '../../host/host.ts'
import { hostFromLayers } from '../../host/load.ts'
import { recordHost } from '../../host/record/index.ts'
import { treeReader } from '../../host/record/reader.ts'

/** What belongs to libvirt's daemon and has no part in a start without it. */
const ofTheDaemon: ReadonlySet<string> = new Set(['config', 'descriptors', 'libvirt', 'environment', 'securityModels'])

/**
 * This machine as a start without libvirt sees it: its hardware, firmware and helpers as they are. Networks and pools
 * of a libvirt that is installed are known; without one they are as a fresh libvirt has them.
 * @param arch of the guest, where the machine does not tell its own
 */
export function thisHost(arch: string): Host {
  const { facts } = recordHost(treeReader('/'), machine())
  const isKnown = ([key, value]: [string, unknown]) =>
    value !== undefined && !ofTheDaemon.has(key) && !(Array.isArray(value) && value.length === 0 && key !== 'firmware')
  const file: HostFile = Object.fromEntries(Object.entries(facts).filter(isKnown))
  return hostFromLayers([{ file, standing: 'sketched' }, assumedLayer], arch).host
}
