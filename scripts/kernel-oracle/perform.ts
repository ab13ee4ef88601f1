import type { Answer, Operation } from '../../tests/vfio/operation.ts'
import { keptLines } from './log.ts'
import type { Machine, Reply } from './machine.ts'

const device = (address: string, file: string) => `/sys/bus/pci/devices/${address}/${file}`
const driver = (name: string, file: string) => `/sys/bus/pci/drivers/${name}/${file}`
const hex = (token: string | undefined) => token?.replaceAll('-', '') ?? '-'

/** The agent's request for an operation. */
function words(operation: Exclude<Operation, { op: 'join' }>): readonly string[] {
  switch (operation.op) {
    case 'bind':
      return ['write', driver(operation.driver, 'bind'), operation.address]
    case 'unbind':
      return ['write', driver(operation.driver, 'unbind'), operation.address]
    case 'override':
      return ['write', device(operation.address, 'driver_override'), `${operation.driver ?? ''}\n`]
    case 'numvfs':
      return ['write', device(operation.address, 'sriov_numvfs'), `${operation.count}`]
    case 'option':
      return ['write', '/sys/module/vfio_pci/parameters/enable_sriov', operation.enableSriov ? '1' : '0']
    case 'open':
      return ['open', operation.holder, operation.address, operation.name, operation.bare ? 'bare' : 'container']
    case 'iommufd':
      return ['bind-iommufd', operation.holder, operation.address, hex(operation.token)]
    case 'close':
      return ['close', operation.holder, operation.address]
    case 'feature': {
      const { holder, address, argsz, flags, token } = operation
      return ['feature', holder, address, `${argsz}`, `${flags >>> 0}`, hex(token)]
    }
    case 'channel':
      return ['request-channel', operation.holder, operation.address]
  }
}

const window = 5_500
const burst = 8
/** The line that tells for which function a removal waits. */
const waitLine = / ([0-9a-f:.]+): (Relaying device request|No device request channel)/

/** Performs operations on a machine, slowly enough that the kernel drops no line of its log. */
export class Performer {
  private readonly machine: Machine
  private readonly logged = new Map<string, number[]>()
  private job = '0'
  private joined: Answer = { outcome: 'done', log: [] }
  private awaited: string | undefined
  private readonly descriptors = new Map<string, number>()

  constructor(machine: Machine) {
    this.machine = machine
  }

  async perform(operation: Operation): Promise<Answer> {
    await this.pace()
    if (operation.op === 'join') return this.joined
    const reply = await this.machine.ask(words(operation))
    if (reply.outcome === 'waits') {
      this.job = reply.value
      this.joined = { outcome: 'waits', log: [] }
    }
    const released = this.count(operation, reply) && operation.address === this.awaited
    this.hear(reply.log)
    const settled = released && operation.address === this.awaited ? await this.settle() : []
    const log = keptLines([...reply.log, ...settled])
    this.note(log)
    return { outcome: reply.outcome, ...(reply.errno && { errno: reply.errno }), log }
  }

  /** Whether the operation has closed the last descriptor of its function. */
  private count(operation: Operation, { outcome }: Reply): operation is Operation & { op: 'close' } {
    if (outcome !== 'done' || !('holder' in operation)) return false
    const before = this.descriptors.get(operation.address) ?? 0
    if (operation.op === 'open' || operation.op === 'iommufd') this.descriptors.set(operation.address, before + 1)
    if (operation.op !== 'close') return false
    this.descriptors.set(operation.address, before - 1)
    return before === 1
  }

  private hear(log: readonly string[]): void {
    for (const line of log) this.awaited = waitLine.exec(line)?.[1] ?? this.awaited
  }

  /** After a close, what waits may go on: to its end, or to the next function that is open. */
  private async settle(): Promise<readonly string[]> {
    const { outcome, errno, log } = await this.machine.ask(['join', this.job])
    this.joined = { outcome, ...(errno && { errno }), log: [] }
    if (outcome === 'waits') this.hear(log)
    else this.awaited = undefined
    return log
  }

  /** Reads a file or a link of the guest; undefined where it is not there. */
  async look(kind: 'read' | 'link', address: string, file: string): Promise<string | undefined> {
    const reply: Reply = await this.machine.ask([kind, device(address, file)])
    return reply.outcome === 'done' ? reply.value : undefined
  }

  /** The kernel logs ten lines of a wording in five seconds. */
  private async pace(): Promise<void> {
    const now = performance.now()
    let until = now
    for (const [wording, times] of this.logged) {
      const recent = times.filter((time) => now - time < window)
      this.logged.set(wording, recent)
      if (recent.length >= burst) until = Math.max(until, recent[0]! + window)
    }
    if (until > now) await new Promise((resolve) => setTimeout(resolve, until - now))
  }

  private note(log: readonly string[]): void {
    for (const line of log) {
      const wording = line.replace(/[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]|\d+/g, '#')
      const times = this.logged.get(wording)
      if (times === undefined) this.logged.set(wording, [performance.now()])
      else times.push(performance.now())
    }
  }
}
