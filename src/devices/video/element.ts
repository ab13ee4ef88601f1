import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { emptyAsAbsent, oneOf, onOff, text, yesNo } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

const driver = element(
  'driver',
  'How QEMU runs the device.',
  {
    attributes: {
      ...virtioOptions,
      vgaconf: optional(oneOf('io', 'on', 'off'), {
        doc: 'Of another hypervisor (bhyve); io says nothing.',
        omit: (it) => it === 'io',
      }),
      name: optional(oneOf('qemu', 'vhostuser'), { doc: 'In QEMU, or in a helper program of its own (virtio only).' }),
    },
  },
  { omitEmpty: true },
)

const acceleration = element(
  'acceleration',
  'Drawing by the host.',
  {
    attributes: {
      accel3d: optional(yesNo, { doc: '3D (virtio).' }),
      accel2d: optional(yesNo, { doc: '2D; of another hypervisor (VirtualBox).' }),
      rendernode: optional(text, { doc: 'DRM render node for the helper program.' }),
    },
  },
  {
    omitEmpty: true,
    settle: ({ fields, error }) => {
      if ((fields.accel3d ?? fields.accel2d ?? fields.rendernode) !== undefined) return
      error({
        code: 'video/empty-acceleration',
        message: '<acceleration> says nothing.',
        hint: "Add accel3d='yes' or 'no', or remove it.",
      })
    },
  },
)

const resolution = element('resolution', 'The smallest resolution.', {
  attributes: {
    x: required(integer(), { doc: 'Width in pixels.' }),
    y: required(integer(), { doc: 'Height in pixels.' }),
  },
})

const kib = (doc: string) =>
  optional(integer(), { doc: `${doc} In KiB; a power of two.`, omit: (value) => value === 0 })

/** QEMU's devices of a virtio card, without the bus. */
export const virtioDevices = [
  'virtio-vga',
  'virtio-gpu',
  'virtio-vga-gl',
  'virtio-gpu-gl',
  'vhost-user-vga',
  'vhost-user-gpu',
] as const

const model = element('model', 'The graphics card.', {
  attributes: {
    type: optional(oneOf('vga', 'cirrus', 'vmvga', 'xen', 'vbox', 'qxl', 'virtio', 'gop', 'none', 'bochs', 'ramfb'), {
      doc: "The card, the machine's own where absent; none: no card is added by itself.",
    }),
    ram: kib('Memory of the primary bar (qxl).'),
    vram: kib('Memory of the card; of the secondary bar (qxl).'),
    vram64: kib('Memory of the secondary bar in 64-bit space (qxl).'),
    vgamem: kib('Memory of the VGA mode (qxl).'),
    heads: optional(integer(), { doc: 'Number of screens.', omit: (value) => value === 0 }),
    primary: optional(emptyAsAbsent(yesNo), { doc: 'The card that the guest starts on.', omit: (value) => !value }),
    blob: optional(onOff, { doc: 'Blob resources: memory of the guest is shown without a copy (virtio).' }),
    edid: optional(onOff, { doc: "Whether the guest sees the screen's EDID (vga, bochs, virtio).", since: '11.7' }),
    device: optional(oneOf(...virtioDevices), {
      doc: 'The device that was chosen for a virtio card; filled by itself.',
      since: '12.5',
    }),
  },
  children: { acceleration: child(acceleration), resolution: child(resolution) },
})

export const videoModel = model

export const video = element(
  'video',
  'A graphics card.',
  {
    children: { driver: child(driver), model: child(model), ...plainDeviceInfo },
  },
  {
    settle: ({ fields }) => {
      // A card that is none has nothing else.
      if ((fields.model as VideoModel | undefined)?.type !== 'none') return
      for (const part of ['driver', 'acpi', 'address']) fields[part] = undefined
      const none = fields.model as { [part: string]: unknown }
      for (const part of Object.keys(none)) if (part !== 'type') none[part] = undefined
    },
  },
)

export type Video = Infer<typeof video>
export type VideoModel = Infer<typeof model>
export type VideoType = NonNullable<VideoModel['type']>
