import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Flag } from '../../capabilities/flags.ts'
import { capabilityFlag } from '../../capabilities/origin.ts'
import type { Context } from '../../context/context.ts'
import { placeForController } from '../../context/controller-place.ts'
import { defaultRule, implicitRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { dated } from '../../release/dated.ts'
import { type ControllerOf, controller } from './element.ts'
import { isCompanion } from './usb-companions.ts'

export type UsbController = ControllerOf<'usb'>
type UsbModel = NonNullable<UsbController['model']>

/** QEMU's device of each model and the flag that says it is there. Xen's models have none. */
export const usbDevices: { readonly [M in UsbModel]?: { readonly driver: string; readonly needs: Flag } } = {
  'piix3-uhci': { driver: 'piix3-usb-uhci', needs: 'piix3-usb-uhci' },
  'piix4-uhci': { driver: 'piix4-usb-uhci', needs: 'piix4-usb-uhci' },
  ehci: { driver: 'usb-ehci', needs: 'usb-ehci' },
  'ich9-ehci1': { driver: 'ich9-usb-ehci1', needs: 'ich9-usb-ehci1' },
  'ich9-uhci1': { driver: 'ich9-usb-uhci1', needs: 'ich9-usb-ehci1' },
  'ich9-uhci2': { driver: 'ich9-usb-uhci2', needs: 'ich9-usb-ehci1' },
  'ich9-uhci3': { driver: 'ich9-usb-uhci3', needs: 'ich9-usb-ehci1' },
  'vt82c686b-uhci': { driver: 'vt82c686b-usb-uhci', needs: 'vt82c686b-usb-uhci' },
  'pci-ohci': { driver: 'pci-ohci', needs: 'pci-ohci' },
  'nec-xhci': { driver: 'nec-usb-xhci', needs: 'nec-usb-xhci' },
  'qemu-xhci': { driver: 'qemu-xhci', needs: 'qemu-xhci' },
}

/** The flag of a model that this QEMU has. */
function flagOf(model: UsbModel, { capabilities }: Context): Flag | undefined {
  const needs = usbDevices[model]?.needs
  return needs !== undefined && capabilities.has(needs) ? needs : undefined
}

/** The USB controller that the machine brings where the domain has no first one. */
export function addUsbController(context: Context): void {
  const { machine } = context
  if (machine.usb === 'none' || context.controllers('usb').some(({ index }) => index === 0)) return
  const model = machine.usbModels?.find((it) => flagOf(it, context))
  if (machine.usbModels !== undefined && model === undefined) return
  const made = controller.create({ type: 'usb', index: 0, ...(model && { model }) })
  context.insert(
    context.devices.controller,
    made,
    implicitRule('controller/built-in'),
    placeForController(made, context),
  )
}

/** Whether a board without USB makes none of a controller that has a place, too (oracle: 11.3, 12.8). */
const placedIsNone = dated(false, ['12.8', true])

/**
 * The model where none is given: the machine's own choice, else PIIX3, which QEMU takes on any PCI board. Guests that
 * are new to libvirt (`abiUpdate`) get a newer one on pseries, an existing guest must keep what it has seen.
 */
export function fillUsbModel(device: UsbController, context: Context): void {
  if (device.model === 'none') {
    for (const field of ['alias', 'acpi', 'address'] as const) {
      if (device[field] === undefined) continue
      context.set<UsbController, typeof field>(device, field, undefined, defaultRule('controller/usb-model'))
    }
  }
  if (device.model !== undefined) return
  const { newGuestUsbModels = [], defaultUsbModels: dated } = context.machine
  const defaultUsbModels = dated === undefined ? (['piix3-uhci'] as const) : context.plan.at(dated)
  if (defaultUsbModels.includes('none')) {
    const isPlaced = device.address !== undefined
    if (isPlaced && !context.plan.at(placedIsNone)) return
    context.set(device, 'model', 'none', defaultRule('controller/usb-model'))
    if (isPlaced)
      context.set<UsbController, 'address'>(device, 'address', undefined, defaultRule('controller/usb-model'))
    return
  }
  const wanted = [...(context.options.abiUpdate ? newGuestUsbModels : []), ...defaultUsbModels]
  for (const model of wanted) {
    const flag = flagOf(model, context)
    if (flag === undefined) continue
    context.set(device, 'model', model, capabilityFlag(flag))
    return
  }
}

/** `-device` of a USB controller; undefined where there is none to print. */
export function usbProperties(device: UsbController, context: Context): Properties | undefined {
  const made = device.model && usbDevices[device.model]
  if (!made) return undefined
  const properties = new Properties().put('driver', made.driver, of(device, 'model'))
  if (device.model === 'nec-xhci' || device.model === 'qemu-xhci') {
    const from = of(device, 'ports')
    properties.put('p2', device.ports, from).put('p3', device.ports, from)
  }
  if (device.master) {
    const master = context.controllers('usb').find((it) => it.index === device.index && !isCompanion(it))
    properties
      .put('masterbus', `${context.alias(master ?? device)}.0`, of(device, 'index'))
      .field('firstport', device.master, 'startport')
  } else properties.id(device, context)
  return properties.append(deviceAddress(device, context))
}

/** Whether QEMU is asked for a controller of its own. */
const legacyUsb = dated(true, ['11.3', false])

/** `-usb`: QEMU's own controller, where the domain names none that is a device and the machine is not free of legacy. */
export function printLegacyUsb(context: Context, out: CommandLineBuilder): void {
  const hasOther = context.controllers('usb').some(({ model }) => model !== undefined)
  if (!hasOther && context.plan.at(legacyUsb) && context.machine.legacyFree !== true)
    out.flag('-usb', rule('controller/legacy-usb'))
}
