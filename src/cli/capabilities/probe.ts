import { versionText } from '../../capabilities/capabilities.ts'
import { printCapabilities } from '../../capabilities/file.ts'
import { probe, probeLimits } from '../../capabilities/probe/probe.ts'
import { probeCached } from '../../capabilities/probe/probe-cached.ts'
import { writeWhole } from '../../capabilities/probe/write-whole.ts'
import { status, UsageError } from '../status.ts'
import type { Terminal } from '../terminal.ts'
import { tell } from './source.ts'

export interface ProbeFlags {
  readonly output?: string | undefined
  /** Seconds for one answer. */
  readonly timeout?: number | undefined
  readonly cache: boolean
}

/** Writes the table of a QEMU to a file or to standard output; returns the exit status. */
export async function runProbe(
  terminal: Terminal,
  binary: string,
  { output, timeout, cache }: ProbeFlags,
): Promise<number> {
  const limits = timeout === undefined ? probeLimits : { answer: timeout * 1000, whole: timeout * 6000 }
  const probed = cache ? await probeCached(binary, limits) : { ...(await probe(binary, limits)), cached: false }
  tell(terminal, binary, '', probed.diagnostics)
  const { capabilities } = probed
  if (capabilities === undefined) return status.errors
  const text = printCapabilities(capabilities.table)
  if (output === undefined) terminal.out(text)
  else {
    try {
      await writeWhole(output, text)
    } catch (error) {
      throw new UsageError(`${output}: cannot be written: ${error instanceof Error ? error.message : error}`)
    }
    const { version, arch, flags } = capabilities
    const kept = probed.cached ? ' (kept from an earlier probe)' : ''
    terminal.error(`${output}: QEMU ${versionText(version)} for ${arch}, ${flags.size} flags${kept}\n`)
  }
  return status.fine
}
