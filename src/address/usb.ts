/**
 * USB ports over controllers and hubs.
 * Source: formatdomain (Device Addresses, usb: a port is a path of up to four numbers, `1.2` is port 2 of the hub at
 * port 1); QEMU's usb-hub has eight ports. Ports are given out when the domain starts, not when it is defined: use
 * `checkUsb` at definition and `assignUsb` at start. Hubs come before other devices. A device goes to the first free
 * port of its bus, of the controller before those of its hubs; with no bus named, of the first bus with one. Where
 * devices outnumber ports hubs are added, so many that one port stays free.
 */
import { NumberPool } from './number-pool.ts'
import { type AddressRequest, type AddressResult, addressError, emptyResult, nameOf } from './problem.ts'

export interface UsbAddress {
  readonly bus: number
  /** `1.2`: port 2 of the hub at port 1. */
  readonly port: string
}

/** Companions of one master share its index and its ports: they are one bus here. */
export interface UsbController {
  readonly index: number
  readonly ports: number
}

export interface UsbRequest extends AddressRequest {
  readonly isHub: boolean
  readonly bus?: number | undefined
  readonly port?: string | undefined
}

export interface UsbResult extends AddressResult<UsbAddress> {
  /** Hubs to be added, with their ports. */
  readonly hubs: readonly { readonly id: string; readonly address: UsbAddress }[]
}

const HUB_PORTS = 8
const MAX_DEPTH = 4
const PORT_PATH = /^[1-9]\d*(\.[1-9]\d*)*$/

/** Only what the user gave, bus and port. Problems as of `assignUsb`. */
export function checkUsb(controllers: readonly UsbController[], requests: readonly UsbRequest[]): UsbResult {
  return new UsbPorts(controllers).run(requests.filter((request) => request.port !== undefined))
}

/** Problems: `address/usb-no-bus`, `usb-bad-port`, `usb-no-hub`, `usb-port-range`, `usb-port-in-use`, `usb-no-port`. */
export function assignUsb(controllers: readonly UsbController[], requests: readonly UsbRequest[]): UsbResult {
  return new UsbPorts(controllers).run(requests)
}

/** A controller's root hub, or a hub on some port. */
class Hub {
  readonly path: readonly number[]
  readonly ports: NumberPool
  readonly below = new Map<number, Hub>()
  /** Nothing is free here or below; ports are never given back. */
  isFull = false

  constructor(path: readonly number[], ports: number) {
    this.path = path
    this.ports = new NumberPool(1, ports)
  }
}

class UsbPorts {
  readonly #result = emptyResult<UsbAddress>()
  readonly #hubs: { id: string; address: UsbAddress }[] = []
  readonly #buses = new Map<number, Hub>()
  readonly #order: readonly number[]
  #ports = 0

  constructor(controllers: readonly UsbController[]) {
    for (const { index, ports } of controllers) {
      if (this.#buses.has(index)) continue
      this.#buses.set(index, new Hub([], ports))
      this.#ports += ports
    }
    this.#order = [...this.#buses.keys()].sort((a, b) => a - b)
  }

  run(requests: readonly UsbRequest[]): UsbResult {
    const given = requests.filter((request) => request.port !== undefined)
    const depth = (request: UsbRequest) => request.port!.split('.').length
    const givenHubs = given.filter((request) => request.isHub).sort((a, b) => depth(a) - depth(b))
    for (const request of givenHubs) this.#reserve(request, request.port!)
    for (const request of given) if (!request.isHub) this.#reserve(request, request.port!)
    const waiting = requests.filter((request) => request.port === undefined)
    for (const request of waiting) if (request.isHub) this.#assign(request)
    this.#addHubs(requests)
    for (const request of waiting) if (!request.isHub) this.#assign(request)
    return { ...this.#result, hubs: this.#hubs }
  }

  /** Each hub takes a port and brings eight. */
  #addHubs(requests: readonly UsbRequest[]): void {
    if (this.#order.length === 0 || requests.length <= this.#ports) return
    const missing = requests.length - this.#ports + 1
    for (let count = Math.ceil(missing / (HUB_PORTS - 1)), nth = 0; nth < count; nth++) {
      const id = `added-usb-hub-${nth}`
      const address = this.#assign({ id, name: 'USB hub that is added', isHub: true })
      if (address === undefined) return
      this.#result.addresses.delete(id)
      this.#hubs.push({ id, address })
    }
  }

  #reserve(request: UsbRequest, port: string): void {
    const bus = request.bus ?? 0
    const root = this.#busOf(request, bus)
    if (root === undefined) return
    const refuse = (code: string, message: string, holder?: AddressRequest) =>
      this.#refuse(code, `${nameOf(request)}: USB port ${port} on bus ${bus} ${message}`, request, holder)
    const path = port.split('.').map(Number)
    const last = path.pop()!
    let hub: Hub | undefined = root
    for (const step of path) hub = hub?.below.get(step)
    if (!PORT_PATH.test(port) || path.length >= MAX_DEPTH)
      refuse('usb-bad-port', 'is not a path of one to four numbers')
    else if (hub === undefined) refuse('usb-no-hub', `needs a hub at port ${path.join('.')}, where none is`)
    else if (!hub.ports.covers(last)) refuse('usb-port-range', `does not exist, there are ports 1 to ${hub.ports.max}`)
    else {
      const holder = hub.ports.reserve(last, request)
      if (holder !== undefined) refuse('usb-port-in-use', `is taken by ${nameOf(holder)}`, holder)
      else this.#put(request, bus, hub, last, 'usb/given')
    }
  }

  #assign(request: UsbRequest): UsbAddress | undefined {
    if (request.bus !== undefined && this.#busOf(request, request.bus) === undefined) return undefined
    for (const bus of request.bus === undefined ? this.#order : [request.bus]) {
      const free = this.#takeFree(this.#buses.get(bus)!, request)
      if (free === undefined) continue
      return this.#put(request, bus, free.hub, free.port, 'usb/first-free-port')
    }
    const where = request.bus === undefined ? 'any USB bus' : `USB bus ${request.bus}`
    const hint = this.#order.length === 0 ? 'add a USB controller' : 'add a hub or a controller'
    this.#refuse('usb-no-port', `${nameOf(request)}: no port is free on ${where}`, request, undefined, hint)
    return undefined
  }

  #takeFree(hub: Hub, request: UsbRequest): { hub: Hub; port: number } | undefined {
    if (hub.isFull) return undefined
    const port = hub.path.length < MAX_DEPTH ? hub.ports.take(request) : undefined
    if (port !== undefined) return { hub, port }
    for (const below of [...hub.below].sort(([a], [b]) => a - b)) {
      const free = this.#takeFree(below[1], request)
      if (free !== undefined) return free
    }
    hub.isFull = true
    return undefined
  }

  #put(request: UsbRequest, bus: number, hub: Hub, port: number, rule: string): UsbAddress {
    const path = [...hub.path, port]
    const address = { bus, port: path.join('.') }
    if (request.isHub) {
      hub.below.set(port, new Hub(path, HUB_PORTS))
      if (path.length < MAX_DEPTH) this.#ports += HUB_PORTS
    }
    this.#result.addresses.set(request.id, address)
    this.#result.trace.push({ subject: request.id, rule })
    return address
  }

  #busOf(request: UsbRequest, bus: number): Hub | undefined {
    const root = this.#buses.get(bus)
    if (root === undefined) {
      const hint = `add a USB controller with index ${bus}`
      this.#refuse('usb-no-bus', `${nameOf(request)}: there is no USB bus ${bus}`, request, undefined, hint)
    }
    return root
  }

  #refuse(code: string, message: string, request: AddressRequest, holder?: AddressRequest, hint?: string): void {
    this.#result.problems.push(addressError(code, message, [request.id, holder?.id], hint))
  }
}
