import type { KindName } from '../../context/context.ts'
import { cellId, sizeText } from '../memory.ts'
import type { Show, Shown } from './device.ts'
import { showDisk } from './disk.ts'
import { showHostdev } from './hostdev.ts'
import { showInterface } from './interface.ts'

/** Kinds that show more than name and model. Any other shows as `anyDevice` does. */
const rows: { readonly [K in KindName]?: Show<K> } = {
  disk: showDisk,
  interface: showInterface,
  hostdev: showHostdev,
  filesystem: ({ target, driver, source }) => ({
    name: target?.dir,
    facts: [driver?.type],
    leads: (plan, id) => {
      const from = Object.values(source ?? {}).find((value): value is string => typeof value === 'string')
      if (from === undefined) return
      plan.link(id, plan.outside({ id: `host:${from}`, group: 'host', title: from, facts: ['folder'] }), 'shows')
    },
  }),
  channel: ({ type, target }) => ({
    name: 'name' in target ? target.name : undefined,
    facts: [type],
  }),
  graphics: ({ type }) => ({ name: type }),
  video: ({ model }) => ({ facts: [model?.type] }),
  input: (device) => {
    const bus = 'bus' in device ? device.bus : undefined
    // Its port is chosen only at a start.
    const within = bus === 'usb' && device.address === undefined ? 'usb:0' : undefined
    return { name: device.type, facts: [bus], within }
  },
  audio: ({ id, type }) => ({ name: String(id), facts: [type] }),
  tpm: ({ model, backend }) => ({ facts: [model, backend.type] }),
  rng: ({ model, backend }) => ({ facts: [model, backend.model] }),
  shmem: ({ name, model }) => ({ name, facts: [model?.type] }),
  vsock: ({ cid }) => ({ facts: [cid?.address === undefined ? undefined : `CID ${cid.address}`] }),
  memory: (device) => ({
    name: device.model,
    facts: [sizeText(device.target.size.value)],
    within: 'node' in device.target && device.target.node !== undefined ? cellId(device.target.node) : undefined,
  }),
}

/** A device of which nothing special is known: by its `model` or `type`, where it has one that is a word. */
function anyDevice(device: object): Shown {
  const fields = device as { readonly [key: string]: unknown }
  const words = ['model', 'type', 'mode'].map((key) => fields[key])
  return { facts: [words.find((word): word is string => typeof word === 'string')] }
}

/** How a device of a kind shows. */
export function showOf<K extends KindName>(kind: K): Show<K> {
  return (rows[kind] as Show<K> | undefined) ?? anyDevice
}
