import type { DeviceKind, Gate } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { printVideo } from './argv.ts'
import { addCard, choosePrimary, dropFrontend, fillModel, fillSizes } from './defaults.ts'
import { cardOf, isVhostUser, isVirtio, virtioDeviceOf } from './drivers.ts'
import type { Video, VideoType } from './element.ts'
import { launchVideo } from './launch.ts'
import { checkVideo, checkVideos } from './validate.ts'

/** What sits on PCI Express; the others are conventional cards. */
const expressTypes: readonly VideoType[] = ['virtio', 'bochs']

const types: readonly VideoType[] = ['vga', 'cirrus', 'vmvga', 'qxl', 'bochs', 'ramfb', 'virtio']

export const videoKind = {
  implicit: [{ name: 'video/for-graphics', doc: 'A screen brings a card.', apply: addCard }],
  defaults: [
    { name: 'video/model', doc: 'The card of the machine, else Cirrus, else VGA.', apply: fillModel },
    { name: 'video/other-device', doc: 'Only a virtio card keeps its `device`.', apply: dropFrontend },
    { name: 'video/sizes', doc: 'Memory in powers of two, one head.', apply: fillSizes },
  ],
  final: [{ name: 'video/primary', doc: 'One card is the primary one and stands first.', apply: choosePrimary }],
  addressed: [
    {
      name: 'video/device',
      doc: 'The device of a virtio card is written down, so that it stays the same.',
      since: '12.5',
      apply: (context) => {
        for (const device of context.devices.video) {
          if (device.model?.type !== 'virtio' || device.model.device !== undefined) continue
          context.set(device.model, 'device', virtioDeviceOf(device, context), defaultRule('video/device'))
        }
      },
    },
  ],
  gates: [
    ...types.flatMap((type): Gate<Video>[] => {
      const needs = cardOf(type)?.needs
      if (needs === undefined) return []
      const when = (device: Video) => (device.model?.type === type && !isVhostUser(device) ? device.model : undefined)
      return [
        {
          path: 'model/@type',
          needs,
          code: `video/${type}-unsupported`,
          what: `${type} card`,
          hint: 'Use another type of card.',
          when,
        },
      ]
    }),
    {
      path: 'driver/@name',
      needs: 'vhost-user-gpu',
      code: 'video/vhost-user-unsupported',
      what: 'graphics card run by a helper program',
      hint: "Use <driver name='qemu'/>.",
      when: (device) => (isVhostUser(device) ? device.driver : undefined),
    },
    {
      path: 'model/@blob',
      needs: 'virtio-gpu.blob',
      code: 'video/blob-unsupported',
      what: 'blob resources',
      hint: 'Remove blob.',
    },
  ],
  pci: (device, { machine, virtioBus }) => {
    const { model } = device
    if (model?.type === undefined || model.type === 'none' || model.type === 'ramfb') return undefined
    if (isVirtio(device) && device.address === undefined && virtioBus !== 'pci') return undefined
    const plug = expressTypes.includes(model.type) ? 'pcie' : 'pci'
    const preferred = machine.pci.usualSlots?.primaryVideo
    return model.primary === true && preferred ? { plug, preferred, first: true } : { plug }
  },
  virtio: isVirtio,
  alias: (_device, index) => `video${index}`,
  check: checkVideo,
  validate: checkVideos,
  launchDevice: launchVideo,
  argv: {
    cards: (context, out) => {
      for (const device of context.devices.video) printVideo(device, context, out)
    },
  },
} satisfies DeviceKind<Video>
