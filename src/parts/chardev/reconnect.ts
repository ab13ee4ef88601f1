import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'

/** After how many seconds a lost connection is made again. */
interface Reconnect {
  readonly enabled: boolean | undefined
  readonly timeout: number | undefined
}

const msPerSecond = 1000

/** `reconnect` in seconds, or `reconnect-ms` where QEMU counts so; 0 where it must not connect again. */
export function reconnectProperties(reconnect: Reconnect | undefined, context: Context): Properties {
  const properties = new Properties()
  if (reconnect === undefined) return properties
  const from = of(reconnect, 'enabled', 'timeout')
  const seconds = reconnect.enabled === false ? 0 : reconnect.timeout
  if (!context.capabilities.has('chardev-reconnect-miliseconds')) return properties.put('reconnect', seconds, from)
  return properties.put('reconnect-ms', seconds && seconds * msPerSecond, from)
}
