import { capabilityFlag } from '../../capabilities/origin.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceRule } from '../../context/unit.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { defaultRule, hostFact } from '../../origin/origin.ts'
import { dated } from '../../release/dated.ts'

import type { Interface } from './element.ts'
import { generatedParameters, virtualportParameters } from './port-element.ts'
import { checkVirtioOnly, keepVirtioOptions } from './virtio-only.ts'

/** The prefix of the MAC addresses that QEMU guests get (formatdomain, "Network interfaces"). */
const qemuPrefix = '52:54:00'

/** Names that libvirt gives to the devices it makes; they are handed out anew at each start. */
const generatedName = /^(vnet|macvtap|macvlan)/

function placeOf(device: Interface, context: Context): string {
  return `/domain/devices/interface[${context.devices.interface.indexOf(device) + 1}]`
}

/** The three bytes behind the prefix, each the lowest of random bits of its own, as libvirt draws them. */
function randomTail(purpose: string, { host }: Context): string {
  const bytes = [0, 1, 2].map((index) => Number(host.random.bits64(`${purpose}/${index}`) & 0xffn))
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')
}

/** A random UUID of version 4 (RFC 4122). */
function randomUuid(purpose: string, context: Context): string {
  const bytes = context.host.random.bytes(16, purpose)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** All zeroes: as good as none. */
const noAddress = '00:00:00:00:00:00'

function isTap({ type }: Interface): boolean {
  return type === 'network' || type === 'bridge' || type === 'ethernet'
}

/** Types whose card is a virtio card where the XML names no model; an older libvirt wanted it to be named. */
const virtioTypes = dated<ReadonlySet<string>>(new Set(['vdpa']), ['11.3', new Set(['vdpa', 'vhostuser'])])

export const interfaceDefaults: readonly DeviceRule<Interface>[] = [
  {
    name: 'interface/mac',
    doc: 'A card without a MAC address gets a random one that starts with 52:54:00.',
    apply: (device, context) => {
      if (device.mac !== undefined && device.mac.address !== noAddress) return
      const tail = randomTail(`${placeOf(device, context)}/mac`, context)
      const reason = hostFact('random bytes')
      const made = { address: `${qemuPrefix}:${tail}`, type: undefined, check: undefined }
      context.set(device, 'mac', context.made(made, reason), reason)
    },
  },
  {
    name: 'interface/virtualport-identifier',
    doc: 'A port of type 802.1Qbg or openvswitch without its identifier gets a random UUID.',
    apply: (device, context) => {
      const { virtualport } = device
      if (virtualport === undefined) return
      const reason = hostFact('random bytes')
      generatedParameters(virtualport).forEach((name, at) => {
        if (virtualport.parameters?.[name] !== undefined) return
        const purpose = `${placeOf(device, context)}/virtualport${at > 0 ? `/${name}` : ''}`
        if (virtualport.parameters === undefined) {
          const made = context.made(virtualportParameters.create({}), reason)
          context.set(virtualport, 'parameters', made, reason)
        }
        context.set(virtualport.parameters!, name, randomUuid(purpose, context), reason)
      })
    },
  },
  {
    name: 'interface/driver-without-virtio',
    doc: 'Driver options and a vhost device are dropped from a card whose XML does not name a virtio model: they are for virtio only. What any virtio device may be told stays where the machine makes it one.',
    apply: (device, context) => {
      if (device.type === 'hostdev' || isVirtioModel(device.model?.type)) return
      const becomesVirtio = device.type === 'vdpa' || isVirtioModel(context.machine.networkModel)
      if (device.model !== undefined || !becomesVirtio) checkVirtioOnly(device, context)
      const reason = defaultRule('interface/driver-without-virtio')
      const staysVirtio = device.model === undefined && becomesVirtio
      if (device.driver !== undefined && !(staysVirtio && keepVirtioOptions(device.driver, reason, context))) {
        context.set(device, 'driver', undefined, reason)
      }
      if (device.backend?.vhost !== undefined) context.set(device.backend, 'vhost', undefined, reason)
    },
  },
  {
    name: 'interface/filter-without-tap',
    doc: 'A network filter is dropped from a card that is on no tap: nothing can filter it.',
    apply: (device, context) => {
      if (device.filterref === undefined || isTap(device)) return
      context.warn({
        code: 'interface/filterref-ignored',
        message: `Nothing filters a card of type ${device.type}: the network filter is ignored.`,
        hint: 'Remove <filterref>, or use type network, bridge or ethernet.',
        at: device.filterref,
      })
      context.set(device, 'filterref', undefined, defaultRule('interface/filter-without-tap'))
    },
  },
  {
    name: 'interface/generated-name',
    doc: 'A name of the kind that libvirt itself gives (vnet0, macvtap0 …) is dropped: each start gives a new one.',
    apply: (device, context) => {
      const name = device.target?.dev
      if (device.target === undefined || name === undefined) return
      if (device.target.managed === false || !generatedName.test(name)) return
      context.set(device.target, 'dev', undefined, defaultRule('interface/generated-name'))
    },
  },
  {
    name: 'interface/model',
    doc: "A card without a model is the machine's own (virtio on s390x, ARM virt and RISC-V), else rtl8139, e1000 or virtio: the first that QEMU has.",
    apply: (device, context) => {
      if (device.type === 'hostdev' || device.model?.type !== undefined) return
      const { capabilities, machine } = context
      const set = (type: string, reason: Parameters<typeof context.made>[1]) =>
        context.set(device, 'model', context.made({ type }, reason), reason)
      if (context.plan.at(virtioTypes).has(device.type)) return set('virtio', defaultRule('interface/model'))
      if (machine.networkModel !== undefined) return set(machine.networkModel, defaultRule('interface/model'))
      if (capabilities.has('rtl8139')) return set('rtl8139', capabilityFlag('rtl8139'))
      if (capabilities.has('e1000')) return set('e1000', capabilityFlag('e1000'))
      return set('virtio', defaultRule('interface/model'))
    },
  },
]
