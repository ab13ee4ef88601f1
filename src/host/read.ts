import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { checkerOf } from '../json/check.ts'
import { assumedLayer } from './builtin/assumed.ts'
import { type HostFile, hostFileSchema } from './file.ts'
import type { Host } from './host.ts'
import { type HostLayer, hostFromLayers } from './load.ts'

export interface ReadHost {
  /** Undefined where the file cannot be used. */
  readonly host: Host | undefined
  /** Spans are offsets into the file's text. */
  readonly diagnostics: readonly Diagnostic[]
}

const check = checkerOf<HostFile>(hostFileSchema, 'host', 'host file')

/**
 * Reads a host file (`--host FILE`). Raises `host/not-json`, `host/unknown-key`, `host/missing-key`,
 * `host/wrong-type`, `host/bad-value`, and what `hostFromLayers` raises.
 * @param text the file's text
 * @param fallbackArch the architecture (libvirt's name) where the file names none
 * @param above layers that hide what the file says, e.g. options of the command line
 */
export function readHost(text: string, fallbackArch: string, above: readonly HostLayer[] = []): ReadHost {
  const { value, places, diagnostics: findings } = check(text)
  if (value === undefined) return { host: undefined, diagnostics: findings }
  const layers: HostLayer[] = [...above, { file: value, standing: 'described' }, assumedLayer]
  const { host, diagnostics } = hostFromLayers(layers, fallbackArch, places)
  return { host: diagnostics.length === 0 ? host : undefined, diagnostics }
}
