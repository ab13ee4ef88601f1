import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { address } from '../../fragments/address.ts'
import { deviceAddress } from '../../fragments/device-address.ts'
import { defaultRule, implicitRule } from '../../origin/origin.ts'
import { controllerAlias } from './alias.ts'
import { boardPlace } from './board.ts'
import { type Controller, controller, type PciController } from './element.ts'
import { printedOrder } from './order.ts'
import { pciWish } from './pci.ts'
import { addUsbController, fillUsbModel, usbProperties } from './usb.ts'

/** The board's own controllers are there whether the XML names them or not. */
function addBuiltIn(context: Context): void {
  const reason = implicitRule('controller/built-in')
  addUsbController(context)
  const add = (type: 'usb' | 'ide' | 'sata' | 'fdc') => {
    if (context.controllers(type).length === 0) {
      context.insert(context.devices.controller, controller.create({ type, index: 0 }), reason)
    }
  }
  for (const { type, always = true } of context.machine.builtInControllers) if (always) add(type)
  const { root } = context.machine.pci
  if (root !== 'none' && !context.controllers('pci').some((it) => it.index === 0)) {
    context.insert(context.devices.controller, controller.create({ type: 'pci', index: 0, model: root }), reason)
  }
}

export const controllerKind = {
  implicit: [{ name: 'controller/built-in', apply: addBuiltIn }],
  defaults: [
    {
      name: 'controller/usb-model',
      apply: (device, context) => {
        if (device.type === 'usb') fillUsbModel(device, context)
      },
    },
    {
      name: 'controller/board-place',
      apply: (device, context) => {
        const place = device.address === undefined ? boardPlace(device, context) : undefined
        if (place === undefined) return
        const reason = defaultRule('controller/board-place')
        context.set(
          device,
          'address',
          context.made(address.create({ type: 'pci', domain: 0, ...place }), reason),
          reason,
        )
      },
    },
  ],
  pci: pciWish,
  alias: (device, _index, context) => controllerAlias(device, context),
  argv: {
    devices: (context, out) => {
      for (const device of printedOrder(context.devices.controller)) {
        const properties = deviceProperties(device, context)
        if (properties) out.device(properties)
      }
    },
  },
} satisfies DeviceKind<Controller>

function deviceProperties(device: Controller, context: Context): Properties | undefined {
  if (device.type === 'pci') return pciProperties(device, context)
  return device.type === 'usb' ? usbProperties(device, context) : undefined
}

function pciProperties(device: PciController, context: Context): Properties | undefined {
  if (device.modelName === undefined || device.model !== 'pcie-root-port') return undefined
  return new Properties()
    .field('driver', device.modelName, 'name')
    .put('port', device.target?.port, of(device.target ?? device, 'port' as never))
    .put('chassis', device.target?.chassis, of(device.target ?? device, 'chassis' as never))
    .put('id', context.alias(device), rule('controller/alias'))
    .append(deviceAddress(device, context))
}
