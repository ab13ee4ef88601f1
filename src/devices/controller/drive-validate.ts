import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import { checkBoardPlace } from './board.ts'
import { isOnBoard } from './drive.ts'
import type { Controller } from './element.ts'
import { isVirtioScsi, type ScsiController, scsiDevices } from './scsi.ts'

/** IDE controllers are the board's own; SCSI ones are as good as QEMU's device behind them. */
export function checkDriveController(device: Controller, context: Context): void {
  if (device.type === 'ide' && !isOnBoard(device, context)) refuseIde(device, context)
  if (device.type === 'ide' || device.type === 'sata') {
    checkBoardPlace(device, `${device.type} controller`, 'controller/drive-board-place', context)
  }
  if (device.type === 'scsi') checkScsi(device, context)
}

function refuseIde(device: Controller, context: Context): void {
  const { machine, devices } = context
  // A domain with the root of another machine is written for that machine: its IDE is no second mistake.
  if (context.controllers('pci').some(({ index, model }) => index === 0 && model !== machine.pci.root)) return
  const hasIde = machine.builtInControllers.some(({ type }) => type === 'ide')
  const user = devices.disk.find(
    ({ target, address }) => target?.bus === 'ide' && address?.type === 'drive' && address.controller === device.index,
  )
  const given = context.origins.of(device)?.kind === 'xml'
  // Numbers between, which nobody named, are no mistakes of their own.
  if (!given && user === undefined) return
  context.error({
    code: hasIde ? 'controller/ide-single' : 'controller/ide-unsupported',
    message: hasIde
      ? `The board has one IDE controller, number 0: there is no number ${device.index}.`
      : `Machines of the kind ${machine.family} have no IDE.`,
    hint: hasIde ? 'Four disks fit on it; put others on SATA, SCSI or virtio.' : "Use bus='sata', 'scsi' or 'virtio'.",
    at: given ? device : (user ?? device),
  })
}

function checkScsi(device: ScsiController, context: Context): void {
  const { model } = device
  if (model === undefined) {
    context.error({
      code: 'controller/scsi-model-unknown',
      message: 'This QEMU has no SCSI controller that libvirt would choose.',
      hint: "Name one: model='virtio-scsi'.",
      at: device,
    })
  } else if (!isVirtioScsi(device) && scsiDevices[model] === undefined && model !== 'ncr53c90') {
    context.error({
      code: 'controller/scsi-model-unsupported',
      message: `QEMU has no SCSI controller of the model ${model}.`,
      hint: "Use model='virtio-scsi' or 'lsilogic'.",
      at: device,
      field: 'model',
    })
  }
  if (model === 'ncr53c90' && !context.capabilities.has('ncr53c90')) {
    context.error({
      code: 'controller/scsi-not-on-board',
      message: 'An ncr53c90 is part of the board, and this board has none.',
      hint: "Use model='virtio-scsi' or 'lsilogic'.",
      at: device,
      field: 'model',
    })
  }
}

/** A row a model of which some builds of QEMU have no device. */
export const scsiGates: readonly Gate<Controller>[] = Object.entries(scsiDevices).flatMap(([model, { needs }]) =>
  needs === undefined
    ? []
    : [
        {
          path: '@model',
          needs,
          code: `controller/scsi-${model}-unsupported`,
          what: `${model} SCSI controller`,
          hint: "Use another model, e.g. 'virtio-scsi'.",
          when: (device) => (device.type === 'scsi' && device.model === model ? device : undefined),
        } satisfies Gate<Controller>,
      ],
)

/** Disks on SATA bring their controller, so this is theirs too. */
export const sataGates: readonly Gate<Controller>[] = [
  {
    path: '@type',
    needs: 'ich9-ahci',
    code: 'controller/sata-unsupported',
    what: 'SATA controller',
    hint: "Use bus='scsi' or 'virtio'.",
    // One of the board itself is there in any case.
    when: (device, context) => (device.type === 'sata' && !isOnBoard(device, context) ? device : undefined),
  },
]
