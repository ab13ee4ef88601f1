import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import { dated } from '../../release/dated.ts'
import { checkBoardPlace } from './board.ts'
import type { Controller } from './element.ts'
import { type UsbController, usbDevices } from './usb.ts'
import { isCompanion } from './usb-companions.ts'

const mostPorts = 15
const countsPorts: ReadonlySet<string | undefined> = new Set(['nec-xhci', 'qemu-xhci'])

/** Whether ports that a model does not count are found at a start (oracle: 11.3, 12.8). */
const portsAtStart = dated(true, ['12.8', false])

export function checkUsb(device: UsbController, context: Context): void {
  const { model, ports, index } = device
  if (model === 'qusb1' || model === 'qusb2') {
    context.error({
      code: 'controller/usb-other-hypervisor',
      message: `${model} belongs to another hypervisor.`,
      hint: "Use model='qemu-xhci'.",
      at: device,
      field: 'model',
    })
  }
  if (ports !== undefined && (ports > mostPorts || ports < 1)) {
    context.error({
      code: 'controller/usb-ports',
      message: `A USB controller has 1 to ${mostPorts} ports, not ${ports}.`,
      hint: 'Add hubs for more.',
      at: device,
      field: 'ports',
    })
  }
  if (ports !== undefined && model !== 'none' && !countsPorts.has(model)) {
    context.error({
      code: 'controller/usb-ports-model',
      message: `A USB controller of the model ${model} has as many ports as it has.`,
      hint: "Remove ports, or use model='qemu-xhci'.",
      at: device,
      field: 'ports',
      ...(context.plan.at(portsAtStart) && { when: 'start' }),
    })
  }
  if (isCompanion(device) && !context.controllers('usb').some((it) => it.index === index && !isCompanion(it))) {
    context.error({
      code: 'controller/usb-no-master',
      message: `This is a companion of the EHCI controller with index ${index}, which is missing.`,
      hint: `Add <controller type='usb' index='${index}' model='ich9-ehci1'/>.`,
      at: device,
    })
  }
  if (device.model !== undefined) checkBoardPlace(device, device.model, 'controller/usb-board-place', context)
  const same = context.controllers('usb').filter((it) => it.index === index && !isCompanion(it))
  if (same.indexOf(device) > 0 && !same.some(({ model }) => model === 'none')) {
    context.error({
      code: 'controller/duplicate-index',
      message: `There is another USB controller with index ${index}.`,
      hint: 'Give each an index of its own; only the companions of an EHCI controller share its index.',
      at: device,
      field: 'index',
    })
  }
}

/** Since libvirt 11.3 no controller is left to QEMU's choice. */
export function checkUsbModel(device: UsbController, context: Context): void {
  const models = context.machine.defaultUsbModels
  if (device.model !== undefined || (models && context.plan.at(models).includes('none'))) return
  context.error({
    code: 'controller/usb-without-model',
    when: 'start',
    message: 'The USB controller names no model, and this QEMU has none of the usual ones.',
    hint: "Add model='qemu-xhci', or another that `domxml capabilities explain` shows for this QEMU.",
    at: device,
  })
}

/** A guest without USB has no other USB controller. */
export function checkUsbNone(context: Context): void {
  const list = context.controllers('usb')
  // One that is none because the machine has no USB is not meant (oracle: 11.3, 12.8).
  const isWritten = (it: UsbController) => context.origins.of(it, 'model')?.kind === 'xml'
  if (!list.some((it) => it.model === 'none' && isWritten(it))) return
  // What libvirt itself adds beside one of a higher index is no contradiction (oracle: 11.3, 12.8).
  const given = list.filter((it) => context.origins.of(it)?.kind !== 'implicit')
  const other = given.find(({ model }) => model !== 'none') ?? given[1]
  if (other === undefined) return
  context.error({
    code: 'controller/usb-none-and-others',
    message: 'The guest says that it has no USB, and has a USB controller.',
    hint: "Remove it, or the controller with model='none'.",
    at: other,
  })
}

/** A model that this QEMU lacks: found at a start by libvirt 11.3, at once by 12.8 (both asked). */
export const usbGates: readonly Gate<Controller>[] = Object.entries(usbDevices).flatMap(([model, { needs }]) => {
  const gate = modelGate(model, needs)
  return [
    { ...gate, at: 'start', until: '12.8' },
    { ...gate, since: '12.8' },
  ]
})

function modelGate(model: string, needs: Flag): Gate<Controller> {
  return {
    path: '@model',
    needs,
    code: `controller/usb-${model}-unsupported`,
    what: `${model} USB controller`,
    hint: 'Use another model.',
    when: (device) => (device.type === 'usb' && device.model === model ? device : undefined),
  }
}
