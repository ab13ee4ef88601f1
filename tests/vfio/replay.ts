import { VfioHost } from '../../src/vfio/host.ts'
import type { Result } from '../../src/vfio/rule.ts'
import type { Answer, Beginning, Operation } from './operation.ts'

/** The guest of a recording as the model sees it before the first operation. */
export function beginningOf({ kernelVersion, functions }: Beginning): VfioHost {
  return VfioHost.of(functions, { kernelVersion })
}

/** What the model says of an operation: the host that comes after, what the kernel answers, and the rule that decided. */
export interface Prediction {
  readonly host: VfioHost
  readonly answer: Answer
  readonly rule: string
}

/** A number as `sriov_numvfs` reads it. */
function vfCount(text: number | string): number {
  return /^\+?\d+$/.test(`${text}`) ? Number(text) : Number.NaN
}

function step(host: VfioHost, operation: Exclude<Operation, { op: 'join' | 'option' }>) {
  switch (operation.op) {
    case 'bind':
      return host.bind(operation.address, operation.driver)
    case 'unbind':
      return host.unbind(operation.address, operation.driver)
    case 'override':
      return host.overrideDriver(operation.address, operation.driver ?? undefined)
    case 'numvfs':
      return host.configureSriov(operation.address, vfCount(operation.count))
    case 'open': {
      const { address, name, holder, bare } = operation
      return host.openByName(address, name, holder, { container: bare !== true })
    }
    case 'iommufd':
      return host.bindIommufd(operation.address, operation.holder, { token: operation.token })
    case 'close':
      return host.close(operation.address)
    case 'feature': {
      const { address, argsz, flags, token } = operation
      return host.feature(address, { argsz, flags, token })
    }
    case 'channel':
      return host.registerChannel(operation.address)
  }
}

/** A descriptor belongs to who opened it: what another asks of it is not asked of the kernel at all. */
function isForeign(host: VfioHost, operation: Operation): boolean {
  if (operation.op !== 'close' && operation.op !== 'feature' && operation.op !== 'channel') return false
  return host.device(operation.address)?.opened?.holder !== operation.holder
}

/** The model's answer to an operation. */
export function predict(host: VfioHost, operation: Operation): Prediction {
  if (operation.op === 'option') {
    return { host: host.withEnableSriov(operation.enableSriov), answer: { outcome: 'done', log: [] }, rule: 'option' }
  }
  if (operation.op === 'join') {
    return { host, answer: { outcome: host.waits ? 'waits' : 'done', log: [] }, rule: 'join' }
  }
  if (isForeign(host, operation)) {
    return { host, answer: { outcome: 'refused', errno: 'EBADF', log: [] }, rule: 'close/not-open' }
  }
  const moved = step(host, operation)
  return { host: moved.host, answer: answerOf(moved.result), rule: moved.result.rule.name }
}

function answerOf({ outcome, errno, log }: Result): Answer {
  const told = outcome === 'no-match' ? 'refused' : outcome
  return { outcome: told, ...(errno !== undefined && { errno }), log }
}
