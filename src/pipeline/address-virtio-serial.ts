import { assignVirtioSerial, type VirtioSerialRequest } from '../address/virtio-serial.ts'
import type { Context } from '../context/context.ts'
import { placeForController } from '../context/controller-place.ts'
import type { AddressOf } from '../fragments/address.ts'
import { addressRule } from '../origin/origin.ts'
import { collect, reasonsOf, writePlace } from './collect.ts'

/**
 * Gives channels and consoles their ports, and adds the virtio-serial controllers that they need. A port that a user gave to
 * any other device is taken, too (libvirt 11.3 and 12.8, asked).
 */
export function assignVirtioSerialPorts(context: Context): void {
  const { subjects, requests } = collect<VirtioSerialRequest>(context, 'virtio-serial', (device, kind) => {
    const { address: given } = device
    const wish = kind.virtioSerial?.(device, context)
    if (given !== undefined && given.type !== 'virtio-serial') return undefined
    if (wish === undefined)
      return given?.port ? { foreign: true, controller: given.controller, port: given.port } : undefined
    const portless = wish.portless === true && given === undefined
    // Port 0 is one that a console alone can have: for others it is a port that is not chosen yet.
    const port = given?.port === 0 && wish.isConsole !== true ? undefined : given?.port
    return { ...wish, portless, controller: given?.controller, bus: given?.bus, port }
  })
  if (requests.length === 0) return
  const controllers = context.controllers('virtio-serial').map(({ index = 0, ports }) => ({ index, ports }))
  const result = assignVirtioSerial(controllers, requests)
  const reasonOf = reasonsOf(result, subjects, context)
  for (const index of result.created) addController(index, context)
  for (const [id, place] of result.addresses) {
    const device = subjects.get(id)!
    const reason = reasonOf(id)
    // A port that is taken or missing is given anew.
    const current = device.address as AddressOf<'virtio-serial'> | undefined
    for (const key of ['controller', 'bus', 'port'] as const) {
      if (current && current[key] !== place[key]) context.set(current, key, place[key], reason)
    }
    writePlace(device, 'virtio-serial', place, reason, context)
  }
}

function addController(index: number, context: Context): void {
  const list = context.devices.controller
  const made = context.create('controller', { type: 'virtio-serial', index })
  context.insert(list, made, addressRule('virtio-serial/controller-added'), placeForController(made, context))
}
