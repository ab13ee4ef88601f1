import type { InterfaceOf, InterfaceType } from '../../devices/interface/element.ts'
import type { Plan } from '../plan.ts'
import type { Show } from './device.ts'
import { addHostFunction } from './host-function.ts'

type Connected = { readonly title: string; readonly facts?: readonly (string | undefined)[] }

/** What a card of each type is connected to; a host function is added apart. */
const connections: {
  readonly [T in Exclude<InterfaceType, 'hostdev'>]: (card: InterfaceOf<T>, plan: Plan) => Connected | undefined
} = {
  network: ({ source }, plan) => {
    const found = plan.context.host.networks.find(source.network)?.network
    return { title: `network ${source.network}`, facts: [found?.forward, found?.bridge] }
  },
  bridge: ({ source }) => ({ title: `bridge ${source.bridge}` }),
  direct: ({ source }) => ({ title: `device ${source.dev}`, facts: ['macvtap', source.mode] }),
  ethernet: ({ target }) => ({ title: `tap ${target?.dev ?? 'of the guest'}` }),
  user: ({ backend }) => ({ title: 'user network', facts: [backend?.type] }),
  vhostuser: ({ source }) => ({ title: 'vhost-user', facts: [source.path, source.mode] }),
  vdpa: ({ source }) => ({ title: `vDPA ${source.dev}` }),
  server: ({ source }) => ({ title: `listens on port ${source.port}`, facts: [source.address] }),
  client: ({ source }) => ({ title: `connects to ${source.address}:${source.port}` }),
  mcast: ({ source }) => ({ title: `multicast ${source.address}:${source.port}` }),
  udp: ({ source }) => ({ title: `UDP ${source.address}:${source.port}` }),
  internal: ({ source }) => ({ title: `internal network ${source.name}` }),
  null: () => undefined,
  vds: ({ source }) => ({ title: `switch ${source.switchid}` }),
}

export const showInterface: Show<'interface'> = (card, plan) => ({
  name: card.mac?.address,
  facts: [card.type === 'hostdev' ? 'host function' : card.model?.type],
  leads: (_, id) => {
    if (card.type === 'hostdev') return addHostFunction(plan, id, card.source.address)
    const connected = (connections[card.type] as (card: object, plan: Plan) => Connected | undefined)(card, plan)
    if (connected === undefined) return
    const network = plan.outside({ id: `network:${connected.title}`, group: 'network', ...connected })
    plan.link(id, network, 'connects to')
  },
})
