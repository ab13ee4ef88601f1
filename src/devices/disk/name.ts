import { DRIVE_LAYOUTS, type DriveAddress, driveAddressOf, driveIndex, namespaceIndex } from '../../address/drive.ts'
import type { Dates } from '../../context/dates.ts'
import { dated } from '../../release/dated.ts'
import type { DriveBus } from './bus.ts'

const namespacesAreNames = dated(false, ['11.5', true])

interface NameNumbers {
  /** Of an NVMe namespace; all other names count on one controller after another. */
  readonly controller?: number
  readonly index: number
  readonly partition: number | undefined
}

/** The numbers that a target's name stands for; undefined where it is no disk's. */
export function numbersOfName(name: string, plan: Dates): NameNumbers | undefined {
  return driveIndex(name) ?? (plan.at(namespacesAreNames) ? namespaceIndex(name) : undefined)
}

/** The place on a bus that a target's name stands for. A namespace has its controller's number on NVMe only. */
export function placeOfName({ controller = 0, index }: NameNumbers, bus: DriveBus): DriveAddress {
  if (bus === 'nvme') return { controller, bus: 0, target: 0, unit: index }
  return driveAddressOf(index, DRIVE_LAYOUTS[bus])
}
