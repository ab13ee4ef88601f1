import type { Arch } from '../capabilities/capabilities.ts'
import type { Machine } from './machine.ts'
import { ppcBoard } from './ppc.ts'
import { pseries } from './pseries.ts'
import { s390Ccw } from './s390.ts'
import { arm32Virt, armBoard, armVirt, riscvVirt } from './virt.ts'
import { i440fx, isapc, microvm, q35 } from './x86.ts'

/** Families in the order they are asked. */
const machines: readonly Machine[] = [
  i440fx,
  q35,
  isapc,
  microvm,
  armVirt,
  arm32Virt,
  riscvVirt,
  armBoard,
  s390Ccw,
  pseries,
  ppcBoard,
]

/** A machine type that no family describes: it has nothing by itself. */
const unknownBoard: Machine = {
  family: 'unknown',
  archs: [],
  matches: () => true,
  pci: { root: 'none', hostBridges: 'one', zpci: false, reservations: [] },
  builtInControllers: [],
  ps2: false,
  memballoon: false,
  usb: 'none',
  virtioBus: 'pci',
  acpi: false,
}

/** The facts of a machine type by its name. */
export function machineOf(arch: Arch, name: string): Machine {
  return machines.find((machine) => machine.archs.includes(arch) && machine.matches(name)) ?? unknownBoard
}
