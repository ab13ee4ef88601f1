import type { Context } from '../../context/context.ts'
import { defaultRule } from '../../origin/origin.ts'
import { type Interface, networkInterface } from './element.ts'

const reason = defaultRule('interface/as-domxml-to-native')

/**
 * What `virsh domxml-to-native` makes of network cards before it builds the line: each is a tap of its own that keeps its
 * model and MAC, and nothing else (asked of libvirt 11.3 and 12.8).
 */
export function asEthernet(context: Context): void {
  const list = context.devices.interface
  context.replace(
    list,
    list.map((device) => context.made(ethernet(device), reason)),
  )
}

function ethernet({ mac, model }: Interface): Interface {
  return networkInterface.create({ type: 'ethernet', mac, model }) as Interface
}
