import { of } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { Context } from '../context/context.ts'
import type { Address, AddressOf } from '../fragments/address.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { scsiController, scsiPlace } from './scsi-place.ts'

type Printer<A> = (address: A, context: Context) => Properties

/** `0x2` or `0x1.0x2`: slot, and function where it is not 0. */
function slotText(slot: number, fn: number): string {
  return fn === 0 ? `0x${slot.toString(16)}` : `0x${slot.toString(16)}.0x${fn.toString(16)}`
}

/**
 * One printer an address type, whatever the device: libvirt writes a place that the device cannot have, too, and QEMU
 * refuses it. Types that are missing print nothing. Source: libvirt 11.3 and 12.8, asked of 54 devices.
 */
const printers: { readonly [K in Address['type']]?: Printer<Extract<Address, { type: K }>> } = {
  pci: (address, context) => {
    const properties = new Properties().put('bus', pciBusName(address.bus ?? 0, context), of(address, 'bus'))
    if (address.multifunction !== undefined)
      properties.put('multifunction', address.multifunction, of(address, 'multifunction'))
    return properties.put('addr', slotText(address.slot ?? 0, address.function ?? 0), of(address, 'slot', 'function'))
  },
  usb: usbPlace,
  'virtio-serial': virtioSerialPlace,
  drive: scsiPlace,
  dimm: (address) => new Properties().field('slot', address, 'slot').put('addr', address.base, of(address, 'base')),
  'spapr-vio': (address) => new Properties().put('reg', address.reg || undefined, of(address, 'type', 'reg')),
  isa: (address) => {
    const properties = new Properties().put('iobase', address.iobase ?? 0, of(address, 'iobase'))
    return address.irq ? properties.field('irq', address, 'irq') : properties
  },
  ccw: (address) =>
    new Properties().put(
      'devno',
      `${(address.cssid ?? 0).toString(16)}.${(address.ssid ?? 0).toString(16)}.${(address.devno ?? 0).toString(16).padStart(4, '0')}`,
      of(address, 'cssid', 'ssid', 'devno'),
    ),
}

/** The controllers on which addresses are places, of those types whose printer refuses an address that has none. */
const hosts = {
  usb: ({ bus = 0 }: AddressOf<'usb'>, context: Context) => context.controllerAt('usb', bus),
  'virtio-serial': ({ controller }: AddressOf<'virtio-serial'>, context: Context) =>
    context.controllerAt('virtio-serial', controller),
  drive: scsiController,
}

/** Whether an address, where it is printed, is refused for a controller that is not there. */
export function leadsNowhere(address: Address, context: Context): boolean {
  const host = (hosts as { readonly [type: string]: ((address: Address, context: Context) => unknown) | undefined })[
    address.type
  ]
  return host !== undefined && host(address, context) === undefined
}

function virtioSerialPlace(address: AddressOf<'virtio-serial'>, context: Context): Properties {
  const controller = hosts['virtio-serial'](address, context)
  if (controller === undefined) {
    context.error({
      code: 'address/no-virtio-serial-controller',
      message: `There is no virtio-serial controller with index ${address.controller}, on which the device shall sit.`,
      hint: `Remove <address>, or add <controller type='virtio-serial' index='${address.controller}'/>.`,
      at: address,
      when: 'start',
    })
    return new Properties()
  }
  return new Properties()
    .put('bus', `${context.alias(controller)}.${address.bus ?? 0}`, of(address, 'controller', 'bus'))
    .field('nr', address, 'port')
}

/** A card reader's alias by its index; the name it would have where there is none. */
export function readerName(index: number, context: Context): string {
  const controller = context.controllerAt('ccid', index)
  return controller === undefined ? `ccid${index}` : context.alias(controller)
}

/** A USB bus is called by its controller's alias, a dot, and 0. */
function usbPlace(address: AddressOf<'usb'>, context: Context): Properties {
  const { bus = 0 } = address
  const controller = hosts.usb(address, context)
  if (controller === undefined) {
    context.error({
      code: 'address/no-usb-controller',
      message: `There is no USB controller with index ${bus}, on which the device shall sit.`,
      hint: `Remove <address>, or add <controller type='usb' index='${bus}'/>.`,
      at: address,
      when: 'start',
    })
    return new Properties()
  }
  return new Properties()
    .put('bus', `${context.alias(controller)}.0`, of(address, 'bus'))
    .put('port', address.port ?? '', of(address, 'port'))
}

/**
 * QEMU's name of the bus behind a PCI controller: the controller's alias; a host bridge beyond the first has a bus `.0`
 * of its own, and the machine's own root has a name that no alias changes.
 */
export function pciBusName(bus: number, context: Context): string {
  const controller = context.controllerAt('pci', bus)
  if (controller === undefined) return `pci.${bus}`
  const isRoot = controller.model === 'pci-root' || controller.model === 'pcie-root'
  if (!isRoot) return context.alias(controller)
  const isHostBridge = controller.model === 'pci-root' && (controller.target?.index ?? 0) > 0
  if (isHostBridge) return `${context.alias(controller)}.0`
  return context.machine.pci.busName ?? (controller.model === 'pcie-root' ? 'pcie.0' : 'pci.0')
}

/** The properties of `-device` that say where the device sits. */
export function deviceAddress(device: Addressable, context: Context): Properties {
  const address = context.addressOf(device)
  if (address === undefined) return new Properties()
  const print = printers[address.type] as Printer<Address> | undefined
  const properties = print?.(address, context) ?? new Properties()
  const index = address.type === 'pci' ? device.acpi?.index : undefined
  return index === undefined ? properties : properties.put('acpi-index', index, of(device.acpi!, 'index'))
}
