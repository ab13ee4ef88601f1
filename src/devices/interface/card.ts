import { type From, named, of, rule } from '../../argv/piece.ts'
import { Properties, type PropertyValue } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { romProperties } from '../../parts/rom.ts'
import { virtioDriver } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import type { EmulatedInterface } from './element.ts'
import { netdevId } from './netdev.ts'

/** `-device` of a card. */
export function cardProperties(device: EmulatedInterface, context: Context): Properties {
  const model = device.model?.type
  const from = device.model ? of(device.model, 'type') : rule('interface/model')
  const properties = new Properties()
  if (isVirtioModel(model)) {
    properties
      .put('driver', virtioDriver('virtio-net', model, device), from)
      .append(virtioProperties(device.driver))
      .append(virtioCard(device))
  } else properties.put('driver', model, from)
  properties.put('netdev', netdevId(device, context), named(device)).id(device, context)
  if (device.mac) properties.field('mac', device.mac, 'address')
  return properties
    .append(context.bootIndex(device))
    .append(context.bootEntry(device))
    .append(deviceAddress(device, context))
    .append(romProperties(device.rom))
}

/** What only virtio cards have (QEMU: virtio-net properties). */
function virtioCard(device: EmulatedInterface): Properties {
  const properties = new Properties()
  const { driver, mtu } = device
  const put = (name: string, value: PropertyValue | undefined, from: From) => properties.put(name, value, from)
  if (driver) {
    put('tx', driver.txmode && (driver.txmode === 'iothread' ? 'bh' : 'timer'), of(driver, 'txmode'))
    properties.field('ioeventfd', driver, 'ioeventfd').field('event_idx', driver, 'event_idx')
    properties.append(offloads(device))
    if (driver.queues !== undefined) {
      put('mq', true, of(driver, 'queues'))
      // A channel subsystem device has one interrupt a queue by itself.
      if (device.address?.type !== 'ccw') put('vectors', 2 * driver.queues + 2, of(driver, 'queues'))
    }
    properties.field('rx_queue_size', driver, 'rx_queue_size').field('tx_queue_size', driver, 'tx_queue_size')
  }
  if (driver) properties.field('rss', driver, 'rss').field('hash', driver, 'rss_hash_report')
  if (mtu) properties.field('host_mtu', mtu, 'size')
  if (device.teaming?.type === 'persistent') put('failover', true, of(device.teaming, 'type'))
  return properties
}

function offloads({ driver }: EmulatedInterface): Properties {
  const properties = new Properties()
  const { host, guest } = driver ?? {}
  if (host) {
    properties.field('csum', host, 'csum').field('gso', host, 'gso')
    for (const name of ['tso4', 'tso6', 'ecn', 'ufo'] as const)
      properties.put(`host_${name}`, host[name], of(host, name))
    properties.field('mrg_rxbuf', host, 'mrg_rxbuf')
  }
  if (guest) {
    for (const name of ['csum', 'tso4', 'tso6', 'ecn', 'ufo'] as const) {
      properties.put(`guest_${name}`, guest[name], of(guest, name))
    }
  }
  return properties
}
