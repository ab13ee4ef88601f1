import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import type { Input, InputOf } from './element.ts'

type Bus = 'ps2' | 'usb' | 'xen' | 'virtio'

/** libvirt defines a host's device that names none; of an event device it then builds no command line. */
function checkSource(device: InputOf<'evdev' | 'passthrough'>, context: Context): void {
  if (device.source !== undefined) return
  const finding = {
    code: 'input/no-evdev',
    message: 'The input device of the host is not named.',
    hint: `Add <source ${device.type === 'evdev' ? 'dev' : 'evdev'}='/dev/input/event1'/>.`,
    at: device,
  }
  if (device.type === 'evdev') context.error({ ...finding, when: 'start' })
  else context.warn(finding)
}

function refuseModel(device: Input, context: Context): void {
  context.error({
    code: 'input/model-without-virtio',
    message: `Only virtio devices have a model; this one is ${device.bus ?? device.type}.`,
    hint: 'Remove model.',
    at: device,
    field: 'model',
  })
}

export function checkInput(device: Input, context: Context): void {
  if (device.type === 'evdev' || device.type === 'passthrough') checkSource(device, context)
  if (device.type === 'evdev') {
    // Where inputs are virtio devices by default, libvirt makes one of it, and then refuses it.
    if (device.model !== undefined && device.bus !== 'virtio') refuseModel(device, context)
    if (device.bus === undefined && context.machine.virtioBus !== 'ccw') return
    context.error({
      code: 'input/evdev-bus',
      message: 'An event device is read by QEMU itself: the guest sees it on no bus of its own.',
      hint: "Remove bus, or use type='passthrough' with bus='virtio'.",
      at: device,
      field: device.bus === undefined ? 'type' : 'bus',
    })
    return
  }
  const { type, bus = 'usb', model, address } = device
  if (bus === 'usb' && address !== undefined && address.type !== 'usb') {
    context.error({
      code: 'input/address',
      message: `A ${type} on USB cannot sit at an address of type ${address.type}.`,
      hint: "Use an address of type 'usb', or none.",
      at: address,
      field: 'type',
    })
  }
  const refuse = (code: string, message: string, hint: string, field: 'bus' | 'model') =>
    context.error({ code: `input/${code}`, message, hint, at: device, field })
  if (bus === 'xen') {
    refuse('other-hypervisor', 'The xen bus belongs to another hypervisor.', "Use bus='usb' or 'virtio'.", 'bus')
  }
  if (type === 'passthrough' && bus !== 'virtio') {
    refuse('passthrough-bus', `A host device is passed through by virtio, not by ${bus}.`, "Use bus='virtio'.", 'bus')
  }
  if (type === 'passthrough' && address?.type === 'ccw') {
    refuse(
      'passthrough-ccw',
      'QEMU passes no host device through on ccw.',
      "Use type='evdev', or virtio on PCI.",
      'bus',
    )
  }
  if (bus === 'ps2' && type === 'tablet') {
    refuse('ps2-tablet', 'There is no PS/2 tablet.', "Use bus='usb' or 'virtio'.", 'bus')
  }
  if (bus === 'ps2' && !context.machine.ps2) {
    const message = `Machines of type ${context.definition.os.type.machine} have no PS/2.`
    refuse('no-ps2', message, "Use bus='usb' or 'virtio'.", 'bus')
  }
  if (bus === 'ps2' && context.machine.ps2 && context.definition.features?.ps2?.state === false) {
    refuse('ps2-off', 'The guest says that it has no PS/2.', "Remove <ps2 state='off'/>, or use bus='usb'.", 'bus')
  }
  if (model !== undefined && bus !== 'virtio') {
    refuseModel(device, context)
  } else if (model !== undefined && model !== 'virtio') {
    const message = `There is no transitional ${type}: virtio input has been modern from the start.`
    refuse('transitional', message, "Use model='virtio', or remove it.", 'model')
  }
}

const gate = (needs: Flag, type: Input['type'], bus: Bus): Gate<Input> => ({
  path: '@type',
  needs,
  code: `input/${bus}-${type}-unsupported`,
  what: `${type} on the ${bus} bus`,
  hint: 'Use another bus.',
  when: (device) => (device.type === type && device.type !== 'evdev' && device.bus === bus ? device : undefined),
})

const ccwGate = (needs: Flag, type: Input['type']): Gate<Input> => ({
  ...gate(needs, type, 'virtio'),
  when: (device) =>
    device.type === type && device.type !== 'evdev' && device.bus === 'virtio' && device.address?.type === 'ccw'
      ? device
      : undefined,
})

export const gates: readonly Gate<Input>[] = [
  gate('usb-kbd', 'keyboard', 'usb'),
  gate('virtio-keyboard', 'keyboard', 'virtio'),
  gate('virtio-mouse', 'mouse', 'virtio'),
  gate('virtio-tablet', 'tablet', 'virtio'),
  gate('virtio-input-host', 'passthrough', 'virtio'),
  ccwGate('virtio-keyboard-ccw', 'keyboard'),
  ccwGate('virtio-mouse-ccw', 'mouse'),
  ccwGate('virtio-tablet-ccw', 'tablet'),
  {
    path: '@type',
    needs: 'input-linux',
    code: 'input/evdev-unsupported',
    what: 'event devices of the host',
    hint: "Use type='passthrough'.",
    is: 'evdev',
  },
]
