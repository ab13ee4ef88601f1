/**
 * Ports of virtio-serial controllers.
 * Source: formatdomain (Controllers, virtio-serial; Device Addresses, virtio-serial); QEMU's virtio-serial `max_ports`
 * (31 where not given, port 0 among them, which only a console may use). What is assigned starts at port 1.
 * A device that names no controller uses the first one with a free port, controller 0 before all, and a controller is
 * added where all are full. A controller has one bus, 0; another number that is given with a port is kept.
 */
import { NumberPool } from './number-pool.ts'
import {
  type AddressProblem,
  type AddressRequest,
  type AddressResult,
  addressError,
  emptyResult,
  nameOf,
} from './problem.ts'

export interface VirtioSerialAddress {
  readonly controller: number
  readonly bus: number
  readonly port: number
}

export interface VirtioSerialController {
  readonly index: number
  /** `ports`: how many the controller has, port 0 included. */
  readonly ports?: number | undefined
}

export interface VirtioSerialRequest extends AddressRequest {
  /** What the user gave: no address at all, a controller alone, or both. */
  readonly controller?: number | undefined
  readonly bus?: number | undefined
  readonly port?: number | undefined
  /** A console may sit on port 0. */
  readonly isConsole?: boolean | undefined
  /** Needs a controller and no port (a virtio console without an address: QEMU chooses). */
  readonly portless?: boolean | undefined
  /** Another device at a port: it holds the port, and no controller is added for it. */
  readonly foreign?: boolean | undefined
}

export interface VirtioSerialResult extends AddressResult<VirtioSerialAddress> {
  /** Indexes of controllers to be inserted. */
  readonly created: readonly number[]
}

const DEFAULT_PORTS = 31
const FIRST_ASSIGNED = 1

/** Problems: `address/virtio-serial-port-range`, `-port-in-use`, `-no-port`, `-no-controller`. */
export function assignVirtioSerial(
  controllers: readonly VirtioSerialController[],
  requests: readonly VirtioSerialRequest[],
): VirtioSerialResult {
  return new VirtioSerialPorts(controllers).run(requests)
}

class VirtioSerialPorts {
  readonly #ports = new Map<number, NumberPool>()
  readonly #created: number[] = []
  readonly #result = emptyResult<VirtioSerialAddress>()
  /** Indexes of controllers in order, those known to be full left out. */
  #open: number[] = []

  constructor(controllers: readonly VirtioSerialController[]) {
    for (const { index, ports } of controllers) {
      if (!this.#ports.has(index)) this.#ports.set(index, new NumberPool(0, (ports ?? DEFAULT_PORTS) - 1))
    }
  }

  run(requests: readonly VirtioSerialRequest[]): VirtioSerialResult {
    for (const request of requests) if (!request.foreign) this.#needController(request)
    this.#open = [...this.#ports.keys()].sort((a, b) => a - b)
    for (const request of requests) if (request.port !== undefined) this.#reserve(request, request.port)
    for (const request of requests) if (request.port === undefined && !request.portless) this.#assign(request)
    return { ...this.#result, created: this.#created.sort((a, b) => a - b) }
  }

  #needController(request: VirtioSerialRequest): void {
    const index = request.controller ?? 0
    if (!this.#ports.has(index)) this.#create(index)
  }

  #create(index: number): void {
    this.#ports.set(index, new NumberPool(0, DEFAULT_PORTS - 1))
    this.#created.push(index)
    this.#result.trace.push({ subject: `virtio-serial ${index}`, rule: 'virtio-serial/controller-added' })
  }

  #reserve(request: VirtioSerialRequest, port: number): void {
    const controller = request.controller ?? 0
    const pool = this.#ports.get(controller)
    const shown = `${nameOf(request)}: port ${port} of virtio-serial controller ${controller}`
    if (pool === undefined) {
      this.#refuse('no-controller', `${shown} does not exist, nor does the controller`, request)
    } else if (!pool.covers(port)) {
      this.#refuse('port-range', `${shown} does not exist, it has ports 0 to ${pool.max}`, request)
    } else if (port === 0 && !request.isConsole) {
      this.#refuse('port-range', `${shown} is for consoles alone`, request, undefined, `use ports 1 to ${pool.max}`)
    } else {
      const holder = pool.reserve(port, request)
      if (holder) this.#refuse('port-in-use', `${shown} is taken by ${nameOf(holder)}`, request, holder)
      else this.#put(request, { controller, bus: (port > 0 ? request.bus : 0) ?? 0, port }, 'virtio-serial/given')
    }
  }

  #assign(request: VirtioSerialRequest): void {
    if (request.controller !== undefined) {
      const controller = request.controller
      const port = this.#ports.get(controller)!.take(request, FIRST_ASSIGNED)
      if (port !== undefined) {
        this.#put(request, { controller, bus: 0, port }, 'virtio-serial/first-free-port')
      } else {
        const message = `${nameOf(request)}: virtio-serial controller ${controller} has no free port`
        this.#refuse('no-port', message, request, undefined, 'give it more ports, or leave the controller out')
      }
      return
    }
    for (;;) {
      const controller = this.#open[0] ?? this.#grow()
      const port = this.#ports.get(controller)!.take(request, FIRST_ASSIGNED)
      if (port !== undefined) {
        this.#put(request, { controller, bus: 0, port }, 'virtio-serial/first-free-port')
        return
      }
      this.#open.shift()
    }
  }

  #grow(): number {
    let index = 0
    while (this.#ports.has(index)) index++
    this.#create(index)
    this.#open.push(index)
    return index
  }

  #put(request: VirtioSerialRequest, address: VirtioSerialAddress, rule: string): void {
    this.#result.addresses.set(request.id, address)
    this.#result.trace.push({ subject: request.id, rule })
  }

  #refuse(code: string, message: string, request: AddressRequest, holder?: AddressRequest, hint?: string): void {
    const problem: AddressProblem = addressError(`virtio-serial-${code}`, message, [request.id, holder?.id], hint)
    this.#result.problems.push(problem)
  }
}
