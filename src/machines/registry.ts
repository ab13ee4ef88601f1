import type { Arch } from '../capabilities/capabilities.ts'
import type { Machine } from '../context/machine.ts'
import { dated, holds } from '../release/dated.ts'
import type { Release } from '../release/release.ts'
import {
  armRealview32,
  armRealview64,
  armRealviewEb,
  armVersatile,
  armVersatile32,
  armVersatile64,
} from './arm-boards.ts'
import { ppc64Board, ppcBoard, ppcBoardOld } from './ppc.ts'
import { pseries } from './pseries.ts'
import { s390Ccw } from './s390.ts'
import { arm32Virt, armBoard, armBoardLenient32, armBoardLenient64, armVirt, loongarchVirt, riscvVirt } from './virt.ts'
import { i440fx, isapc, microvm, microvmOld, q35 } from './x86.ts'

/** Families in the order they are asked. */
const machines: readonly Machine[] = [
  i440fx,
  q35,
  isapc,
  microvm,
  microvmOld,
  armVirt,
  arm32Virt,
  riscvVirt,
  loongarchVirt,
  armVersatile64,
  armVersatile32,
  armVersatile,
  armRealview64,
  armRealview32,
  armRealviewEb,
  armBoardLenient64,
  armBoardLenient32,
  armBoard,
  s390Ccw,
  pseries,
  ppcBoardOld,
  ppcBoard,
  ppc64Board,
]

/** A machine type that no family describes: it has nothing by itself. */
const unknownBoard: Machine = {
  family: 'unknown',
  archs: [],
  matches: () => true,
  pci: { root: 'none', hostBridges: 'one', zpci: false, reservations: [] },
  builtInControllers: [],
  ps2: false,
  memballoon: dated(false),
  usb: 'none',
  virtioBus: 'pci',
  acpi: false,
}

/** The facts of a machine type by its name, as a release of libvirt knows them. */
export function machineOf(arch: Arch, name: string, release: Release): Machine {
  const fits = (it: Machine) => it.archs.includes(arch) && holds(it, release) && it.matches(name)
  return machines.find(fits) ?? unknownBoard
}
