import type { Context } from '../../context/context.ts'
import { locatedOf, type SourceByType } from '../../fragments/storage-source/element.ts'
import type { Origin } from '../../origin/origin.ts'
import { defaultPorts } from './protocols/server.ts'

/**
 * Gives each server of a source, and of the store of its data, the port that its protocol is known for. Only TCP has ports
 * (oracle: libvirt 11.3, 12.8).
 */
export function fillDefaultPorts(located: SourceByType, reason: Origin, context: Context): void {
  const store = located.source?.dataStore
  if (store) fillDefaultPorts(locatedOf(store), reason, context)
  if (located.type !== 'network' || located.source === undefined) return
  const port = defaultPorts[located.source.protocol]
  if (port === undefined) return
  for (const host of located.source.host) {
    const isTcp = host.transport === undefined || host.transport === 'tcp'
    if (isTcp && host.port === undefined) context.set(host, 'port', port, reason)
  }
}
