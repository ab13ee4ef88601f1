import type { Settling } from '../../codec/description.ts'

/** Huge pages come from files and are there at once: other wishes contradict them. */
export function settleMemoryBacking({ fields, error }: Settling): void {
  if (fields.hugepages === undefined) return
  const source = fields.source as { type?: string } | undefined
  const allocation = fields.allocation as { mode?: string } | undefined
  if (allocation?.mode === 'ondemand') {
    error({
      code: 'memory-backing/hugepages-on-demand',
      message: 'Huge pages are allocated at once, never on demand.',
      hint: "Remove <allocation mode='ondemand'/> or <hugepages>.",
    })
  }
  if (source?.type === 'anonymous') {
    error({
      code: 'memory-backing/hugepages-anonymous',
      message: 'Huge pages do not come from anonymous memory.',
      hint: "Remove <source type='anonymous'/> or <hugepages>.",
    })
  }
}
