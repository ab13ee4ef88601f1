import { isDeepStrictEqual } from 'node:util'
import type { VfioHost } from '../../src/vfio/host.ts'
import type { Operation } from '../../tests/vfio/operation.ts'
import { predict } from '../../tests/vfio/replay.ts'
import { cast } from './cast.ts'
import type { Performer } from './perform.ts'

/** Operations that lead from `host` back to `start`, as the model sees it. */
export function* tidy(host: VfioHost, start: VfioHost): Generator<Operation> {
  let current = host
  const step = (operation: Operation) => {
    current = predict(current, operation).host
    return operation
  }
  for (const { address } of host.devices) {
    for (let by = current.device(address)?.opened; by; by = current.device(address)?.opened) {
      yield step({ op: 'close', holder: by.holder, address })
    }
  }
  yield step({ op: 'join' })
  yield step({ op: 'option', enableSriov: true })
  for (const { address, driver } of start.devices) {
    const now = current.device(address)
    if (now === undefined) continue
    if (now.virtualFunctions.length > 0) {
      if (now.driver === 'pci-stub') yield step({ op: 'unbind', address, driver: now.driver })
      if (current.device(address)?.driver === undefined) {
        yield step({ op: 'override', address, driver: 'pci-pf-stub' })
        yield step({ op: 'bind', address, driver: 'pci-pf-stub' })
      }
      yield step({ op: 'numvfs', address, count: 0 })
    }
    const held = current.device(address)?.driver
    if (current.device(address)?.driverOverride !== undefined) yield step({ op: 'override', address, driver: null })
    if (held === driver) continue
    if (held !== undefined) yield step({ op: 'unbind', address, driver: held })
    if (driver !== undefined) yield step({ op: 'bind', address, driver })
  }
  yield step({ op: 'option', enableSriov: false })
  // Otherwise the next operations would be foretold from a state that the machine is not in.
  if (!isDeepStrictEqual(current.devices, start.devices))
    throw new Error('the machine is not as it was in the beginning')
}

/** Brings the machine back to where it was after boot, whatever it is in. */
export async function restore(performer: Performer): Promise<void> {
  for (const holder of ['one', 'two']) {
    for (const address of Object.values(cast)) {
      while ((await performer.perform({ op: 'close', holder, address })).outcome === 'done');
    }
  }
  await performer.perform({ op: 'option', enableSriov: true })
  for (const [address, driver] of [
    [cast.pf, 'igb'],
    [cast.left, 'e1000'],
    [cast.right, 'e1000'],
    [cast.plain, undefined],
  ] as const) {
    await performer.perform({ op: 'numvfs', address, count: 0 })
    const held = await performer.look('link', address, 'driver')
    if (held !== undefined) await performer.perform({ op: 'unbind', address, driver: held })
    if (address === cast.pf) {
      await performer.perform({ op: 'override', address, driver: 'pci-pf-stub' })
      await performer.perform({ op: 'bind', address, driver: 'pci-pf-stub' })
      await performer.perform({ op: 'numvfs', address, count: 0 })
      await performer.perform({ op: 'unbind', address, driver: 'pci-pf-stub' })
    }
    await performer.perform({ op: 'override', address, driver: null })
    if (driver !== undefined) await performer.perform({ op: 'bind', address, driver })
  }
  await performer.perform({ op: 'option', enableSriov: false })
}
