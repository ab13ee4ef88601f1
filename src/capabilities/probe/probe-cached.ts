import type { LoadedCapabilities } from '../load-libvirt.ts'
import { cacheFile, cacheFolder, fromCache, intoCache } from './cache.ts'
import { type ProbeLimits, probe, probeLimits } from './probe.ts'

export interface Probed extends LoadedCapabilities {
  /** The table was kept from an earlier probe of the same file. */
  readonly cached: boolean
}

/** Probes a binary unless its table is kept already. A table that lacks an answer is not kept. */
export async function probeCached(
  binary: string,
  limits: ProbeLimits = probeLimits,
  folder: string = cacheFolder(),
): Promise<Probed> {
  const file = await cacheFile(binary, folder)
  const kept = file === undefined ? undefined : await fromCache(file)
  if (kept !== undefined) return { capabilities: kept, diagnostics: [], cached: true }
  const probed = await probe(binary, limits)
  if (file !== undefined && probed.capabilities !== undefined && probed.diagnostics.length === 0) {
    await intoCache(file, probed.capabilities)
  }
  return { ...probed, cached: false }
}
