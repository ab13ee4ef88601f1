/** What must hold of the definition's PCI controllers before anything is placed. */
import { type AddressProblem, addressError } from '../problem.ts'
import { isRoot } from './bus-rules.ts'
import { MAX_BUS } from './growth.ts'
import { controllerName } from './seat.ts'
import type { PciController, PciTopology } from './types.ts'

/**
 * Problems: `address/pci-duplicate-index`, `address/pci-wrong-root`, `address/pci-root-index`,
 * `address/pci-root-address`, `address/pci-index-range`.
 * @returns the controllers that can be worked with; the refused ones are left out.
 */
export function checkControllers(topology: PciTopology): { usable: PciController[]; problems: AddressProblem[] } {
  const problems: AddressProblem[] = []
  const byIndex = new Map<number, PciController>()
  for (const controller of topology.controllers) {
    const problem = refuseController(controller, topology, byIndex.get(controller.index))
    if (problem === undefined) byIndex.set(controller.index, controller)
    else problems.push(problem)
  }
  return { usable: [...byIndex.values()], problems }
}

function refuseController(
  controller: PciController,
  topology: PciTopology,
  same: PciController | undefined,
): AddressProblem | undefined {
  const { id, index, model } = controller
  const refuse = (code: string, message: string, requests = [id]): AddressProblem =>
    addressError(code, `${controllerName(index, model)}: ${message}`, requests)
  if (same !== undefined) {
    return refuse('pci-duplicate-index', `there is a PCI controller with index ${index} already`, [id, same.id])
  }
  if (index < 0 || index > MAX_BUS) return refuse('pci-index-range', `the index is not in 0..${MAX_BUS}`)
  if (topology.root === 'none') return refuse('pci-wrong-root', 'this machine has no PCI')
  if (index === 0 && model !== topology.root) {
    return refuse('pci-wrong-root', `this machine has ${topology.root} there`)
  }
  const isHostBridge = model === 'pci-root' && topology.hostBridges === 'many'
  if (isRoot(model) && index !== 0 && !isHostBridge) {
    return refuse('pci-root-index', 'a root has index 0')
  }
  if (isRoot(model) && controller.address !== undefined) {
    return refuse('pci-root-address', 'a root has no address: it sits on no bus')
  }
  return undefined
}
