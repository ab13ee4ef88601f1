import type { CommandLineBuilder } from '../../argv/command-line.ts'
import type { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { placeForController } from '../../context/controller-place.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { address } from '../../fragments/address.ts'
import { isUnsetPci } from '../../fragments/pci-address.ts'
import { defaultRule, implicitRule } from '../../origin/origin.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { controllerAlias } from './alias.ts'
import { boardPlace } from './board.ts'
import { addCardReaders, ccidProperties } from './ccid.ts'
import { addDriveControllers, addHostdevControllers, floppyGlobals, floppyProperties, sataProperties } from './drive.ts'
import { checkDriveController, sataGates, scsiGates } from './drive-validate.ts'
import { checkControllerDriver, driverGates } from './driver-validate.ts'
import { type Controller, controller } from './element.ts'
import { checkForeign } from './foreign.ts'
import { checkNvme, fillNvmeSerial, nvmeGates, nvmeProperties } from './nvme.ts'
import { busTypes, lateTypes, printedOrder } from './order.ts'
import { isVirtioController, pciWish } from './pci.ts'
import { pciHoleArgv, pciProperties } from './pci-argv.ts'
import { checkPci, pciGates } from './pci-validate.ts'
import { fillScsiModel, scsiProperties } from './scsi.ts'
import { sortControllers } from './sort.ts'
import { addUsbController, fillUsbModel, printLegacyUsb, usbProperties } from './usb.ts'
import { fillMaster, shareIndex } from './usb-companions.ts'
import { checkUsb, checkUsbModel, checkUsbNone, usbGates } from './usb-validate.ts'
import { addSerialControllers, virtioSerialProperties } from './virtio-serial.ts'

/** The board's own controllers are there whether the XML names them or not. */
function addBuiltIn(context: Context): void {
  const reason = implicitRule('controller/built-in')
  const insert = (made: Controller) =>
    context.insert(context.devices.controller, made, reason, placeForController(made, context))
  addUsbController(context)
  const add = (type: 'usb' | 'ide' | 'sata' | 'fdc') => {
    if (!context.controllers(type).some(({ index }) => index === 0)) {
      insert(controller.create({ type, index: 0 }))
    }
  }
  for (const { type, always = true } of context.machine.builtInControllers) if (always) add(type)
  const { root } = context.machine.pci
  if (root !== 'none' && !context.controllers('pci').some((it) => it.index === 0)) {
    insert(controller.create({ type: 'pci', index: 0, model: root }))
  }
}

export const controllerKind = {
  basic: [
    {
      name: 'controller/order',
      doc: 'Controllers of a type stand together, by the index that is given, a master before its companions.',
      apply: sortControllers,
    },
    {
      name: 'controller/index',
      doc: 'A controller without an index gets the lowest free one of its type.',
      apply: fillIndexes,
    },
  ],
  implicit: [
    {
      name: 'controller/for-hostdev',
      doc: 'SCSI controllers that host devices need, before those of the board.',
      apply: addHostdevControllers,
    },
    { name: 'controller/built-in', doc: 'Controllers of the board itself.', apply: addBuiltIn },
  ],
  defaults: [
    {
      name: 'controller/usb-model',
      doc: "The machine's own choice of what this QEMU has, else PIIX3.",
      apply: (device, context) => {
        if (device.type === 'usb') fillUsbModel(device, context)
      },
    },
    {
      name: 'controller/usb-master',
      doc: 'The ports that a companion takes over from its EHCI controller.',
      apply: (device, context) => {
        if (device.type === 'usb') fillMaster(device, context)
      },
    },
    {
      name: 'controller/scsi-model',
      doc: 'The SCSI controller that the machine is known for.',
      apply: (device, context) => {
        if (device.type === 'scsi') fillScsiModel(device, context)
      },
    },
  ],
  final: [
    {
      name: 'controller/for-disk',
      doc: 'Controllers that addresses of disks name.',
      apply: addDriveControllers,
    },
    {
      name: 'controller/for-channel',
      doc: 'Virtio-serial controllers of channels and consoles.',
      apply: addSerialControllers,
    },
    {
      name: 'controller/nvme-serial',
      doc: 'An NVMe controller without a serial number has that of a disk behind it.',
      apply: (context) => {
        for (const device of context.controllers('nvme')) fillNvmeSerial(device, context)
      },
    },
    { name: 'controller/for-smartcard', doc: 'Card readers for smartcards.', apply: addCardReaders },
    {
      name: 'controller/board-place',
      doc: "The board's own controllers are where the board has them.",
      apply: placeOnBoard,
    },
  ],
  pci: pciWish,
  virtio: isVirtioController,
  // SCSI controllers of any model, whatever QEMU says of it (oracle: 11.3, 12.8).
  mmio: ({ type }) => type === 'virtio-serial' || type === 'scsi',
  usb: (device) => (device.type === 'ccid' ? {} : undefined),
  spaprVio: (device) =>
    (device.type === 'scsi' && device.model === 'ibmvscsi') || device.address?.type === 'spapr-vio'
      ? { firstReg: 0x2000 }
      : undefined,
  alias: (device, _index, context) => controllerAlias(device, context),
  gates: [...usbGates, ...pciGates, ...scsiGates, ...sataGates, ...nvmeGates, ...driverGates],
  check: checkController,
  deviceChecks: [
    {
      name: 'controller/usb-model',
      doc: 'A USB controller has a model that this QEMU has.',
      since: '11.3',
      apply: (device, context) => {
        if (device.type === 'usb') checkUsbModel(device, context)
      },
    },
  ],
  validate: checkIndexes,
  argv: {
    'pci-hole': pciHoleArgv,
    devices: (context, out) => {
      for (const device of printedOrder(busTypes, context.devices.controller)) printDevice(device, context, out)
      printLegacyUsb(context, out)
    },
    'on-hubs': (context, out) => {
      for (const device of printedOrder(lateTypes, context.devices.controller)) {
        printDevice(device, context, out)
        if (device.type === 'fdc' && device.index === 0) {
          for (const { name, value, from } of floppyGlobals(context).list) {
            out.text('-global', `isa-fdc.${name}=${value}`, from)
          }
        }
      }
    },
  },
} satisfies DeviceKind<Controller>

function printDevice(device: Controller, context: Context, out: CommandLineBuilder): void {
  const properties = deviceProperties(device, context)
  if (properties) emitDevice(device, properties, context, out)
}

function placeOnBoard(context: Context): void {
  const reason = defaultRule('controller/board-place')
  for (const device of context.devices.controller) {
    const isOpen = device.address?.type !== 'pci' || isUnsetPci(device.address)
    const place = isOpen ? boardPlace(device, context) : undefined
    if (place === undefined) continue
    const made = address.create({ type: 'pci', domain: 0, ...place })
    context.set(device, 'address', context.made(made, reason), reason)
  }
}

function fillIndexes(context: Context): void {
  for (const device of context.devices.controller) {
    if (device.index !== undefined) continue
    if (shareIndex(device, context)) continue
    const used = new Set(context.controllers(device.type).map((it) => it.index))
    let index = 0
    while (used.has(index)) index++
    context.set(device, 'index', index, defaultRule('controller/index'))
  }
}

function checkController(device: Controller, context: Context): void {
  if (device.type === 'pci') checkPci(device, context)
  if (device.type === 'usb') checkUsb(device, context)
  if (device.type === 'nvme') checkNvme(device, context)
  checkControllerDriver(device, context)
  checkForeign(device, context)
  checkDriveController(device, context)
}

function checkIndexes(context: Context): void {
  checkUsbNone(context)
  const seen = new Set<string>()
  for (const device of context.devices.controller) {
    const name = `${device.type} ${device.index}`
    // Companions of one USB controller share its index; PCI's indexes are the address engine's to refuse.
    if (device.type === 'usb' || device.type === 'pci' || !seen.has(name)) seen.add(name)
    else {
      context.error({
        code: 'controller/duplicate-index',
        message: `There is another ${device.type} controller with index ${device.index}.`,
        hint: 'Give each controller of a type an index of its own.',
        at: device,
        field: 'index',
      })
    }
  }
}

function deviceProperties(device: Controller, context: Context): Properties | undefined {
  if (device.type === 'pci') return pciProperties(device, context)
  if (device.type === 'scsi') return scsiProperties(device, context)
  if (device.type === 'sata') return sataProperties(device, context)
  if (device.type === 'fdc') return floppyProperties(device, context)
  if (device.type === 'ccid') return ccidProperties(device, context)
  if (device.type === 'virtio-serial') return virtioSerialProperties(device, context)
  if (device.type === 'nvme') return nvmeProperties(device, context)
  return device.type === 'usb' ? usbProperties(device, context) : undefined
}
