import { choice, element, type Infer } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { oneOf, onOff, text } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { virtioModel } from '../../fragments/virtio-model.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

const passthroughSource = element('source', 'The input device of the host.', {
  attributes: {
    evdev: required(text, {
      keepsEmpty: true,
      doc: 'Event device, e.g. /dev/input/event1.',
      missing: 'input/no-evdev',
    }),
  },
})

const evdevSource = element('source', 'The input device of the host.', {
  attributes: {
    dev: required(text, { keepsEmpty: true, doc: 'Event device, e.g. /dev/input/event1.', missing: 'input/no-evdev' }),
    grab: optional(oneOf('all'), { doc: 'all: this one grabs all others with it.' }),
    grabToggle: optional(oneOf('ctrl-ctrl', 'alt-alt', 'shift-shift', 'meta-meta', 'scrolllock', 'ctrl-scrolllock'), {
      doc: 'Keys that switch between guest and host.',
    }),
    repeat: optional(onOff, { doc: 'Keys repeat while they are held.' }),
  },
})

const driver = element(
  'driver',
  'Options of a virtio device.',
  { attributes: { ...virtioOptions } },
  { omitEmpty: true },
)

const emulated = {
  attributes: {
    bus: optional(oneOf('ps2', 'usb', 'xen', 'virtio'), { doc: 'Where it is plugged in.' }),
    model: optional(virtioModel, { doc: 'Kind of virtio device.' }),
  },
} as const

export const input = element('input', 'Keyboard, mouse, tablet, or an input device of the host.', {
  attributes: {
    type: required(oneOf('mouse', 'tablet', 'keyboard', 'passthrough', 'evdev'), { doc: 'What it is.' }),
  },
  children: {
    driver: child(driver),
    by: choice('type', {
      mouse: emulated,
      tablet: emulated,
      keyboard: emulated,
      passthrough: {
        ...emulated,
        children: { source: child(passthroughSource) },
      },
      evdev: {
        attributes: emulated.attributes,
        children: { source: child(evdevSource) },
      },
    }),
    ...plainDeviceInfo,
  },
})

export type Input = Infer<typeof input>
export type InputOf<T extends Input['type']> = Extract<Input, { type: T }>
