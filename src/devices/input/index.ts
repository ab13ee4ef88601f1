import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { virtioDriver, virtioPciWish } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import { addPs2, addUsb, fillBuses } from './defaults.ts'
import type { Input, InputOf } from './element.ts'
import { checkInput, gates } from './validate.ts'

const usbDrivers = { mouse: 'usb-mouse', tablet: 'usb-tablet', keyboard: 'usb-kbd' } as const

function isVirtio(device: Input): device is Exclude<Input, InputOf<'evdev'>> {
  return device.type !== 'evdev' && device.bus === 'virtio'
}

/** `-device`; undefined where the device is the board's own. */
function properties(device: Input, context: Context): Properties | undefined {
  if (device.type === 'evdev') return undefined
  if (device.bus === 'usb' && device.type !== 'passthrough') {
    return new Properties()
      .put('driver', usbDrivers[device.type], of(device, 'type'))
      .id(device, context)
      .append(deviceAddress(device, context))
  }
  if (device.bus !== 'virtio') return undefined
  const base = device.type === 'passthrough' ? 'input-host' : device.type
  const made = new Properties()
    .put('driver', virtioDriver(`virtio-${base}`, device.model, device), of(device, 'type', 'model'))
    .append(virtioProperties(device.driver))
    .id(device, context)
  if (device.type === 'passthrough' && device.source) made.field('evdev', device.source, 'evdev')
  return made.append(deviceAddress(device, context))
}

type EvdevSource = NonNullable<InputOf<'evdev'>['source']>

/** `-object input-linux`: QEMU reads the event device itself. */
function evdevObject(device: InputOf<'evdev'>, source: EvdevSource, context: Context): Properties {
  return new Properties()
    .put('qom-type', 'input-linux', rule('input/evdev'))
    .id(device, context)
    .field('evdev', source, 'dev')
    .put('repeat', source.repeat, of(source, 'repeat'))
    .put('grab_all', source.grab === 'all' ? true : undefined, of(source, 'grab'))
    .field('grab-toggle', source, 'grabToggle')
}

export const inputKind = {
  implicit: [
    { name: 'input/usb', doc: 'A screen of a machine without PS/2 brings a USB keyboard and mouse.', apply: addUsb },
    { name: 'input/ps2', doc: 'A PC has a PS/2 mouse and keyboard.', apply: addPs2 },
    { name: 'input/bus', doc: 'PS/2 on a PC, virtio on s390x and for host devices, else USB.', apply: fillBuses },
  ],
  pci: (device, context) => (isVirtio(device) ? virtioPciWish(device.model, device, context) : undefined),
  virtio: isVirtio,
  usb: (device) => ('bus' in device && device.bus === 'usb' ? {} : undefined),
  gates,
  check: checkInput,
  alias: (_device, index) => `input${index}`,
  launchDevice: (device, _context, plan) => {
    if ((device.type !== 'evdev' && device.type !== 'passthrough') || device.source === undefined) return
    if (device.type === 'evdev') plan.readable(device.source.dev, 'an input device', of(device.source, 'dev'))
    else plan.writable(device.source.evdev, 'an input device', of(device.source, 'evdev'))
  },
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.input) {
        if (device.type === 'evdev' && device.source) out.object(evdevObject(device, device.source, context))
        const made = properties(device, context)
        if (made) emitDevice(device, made, context, out)
      }
    },
  },
} satisfies DeviceKind<Input>
