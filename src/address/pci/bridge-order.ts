/** What must hold of bridges once all of them have their place. Source: oracle (11.3), each model on a bus of higher index. */
import { type AddressProblem, addressError } from '../problem.ts'
import { controllerName, type PlannedController } from './seat.ts'
import type { PciAddress } from './types.ts'

/**
 * A pci-bridge has a higher index than the bus it sits on; without an address it takes the first bus that has room for
 * one, were it its own. Problems: `address/pci-bridge-index`, and `address/pci-cycle` as a warning: switches that hang on
 * each other are defined, but no QEMU can start them.
 * @param places by the controllers' ids
 */
export function checkBridgeOrder(
  controllers: readonly PlannedController[],
  places: ReadonlyMap<string, PciAddress>,
): AddressProblem[] {
  const parents = new Map(controllers.map(({ id, index }) => [index, places.get(id)?.bus]))
  return controllers.flatMap((controller) => {
    const { id, index, model, neededBy } = controller
    const name = controllerName(index, model)
    const bus = parents.get(index)
    const requests = [neededBy?.id, id]
    if (model === 'pci-bridge' && bus !== undefined && bus >= index) {
      const where = bus === index ? 'on itself' : `on controller ${bus}`
      const message = `${name}: its place is ${where}, but a pci-bridge must have a higher index than the bus it sits on`
      const hint = 'give it an address on a bus of lower index, or add a controller before it that accepts a pci-bridge'
      return addressError('pci-bridge-index', message, requests, hint)
    }
    return hangsOnItself(index, parents) ? cycle(name, id) : []
  })
}

function hangsOnItself(index: number, parents: ReadonlyMap<number, number | undefined>): boolean {
  const passed = new Set<number>()
  let at = parents.get(index)
  while (at !== undefined && at !== index && !passed.has(at)) {
    passed.add(at)
    at = parents.get(at)
  }
  return at === index
}

const cycle = (name: string, id: string): AddressProblem => ({
  code: 'address/pci-cycle',
  severity: 'warning',
  message: `${name} hangs on itself: no QEMU starts this`,
  hint: 'add a pcie-root-port, and put one of the switches on it',
  requests: [id],
})
