import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind, Gate } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { audiodev, checkAudioReference } from '../../parts/audio-reference.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { virtioDriver, virtioPciWish } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import type { Sound } from './element.ts'

type Model = Sound['model']

interface Card {
  readonly driver: string
  readonly bus: 'pci' | 'usb' | 'isa'
  /** Codecs sit behind it. */
  readonly hda?: true
}

/** QEMU's device of each model; the PC speaker is part of the machine, ich7 belongs to another hypervisor. */
const cards: { readonly [M in Model]?: Card } = {
  sb16: { driver: 'sb16', bus: 'isa' },
  es1370: { driver: 'ES1370', bus: 'pci' },
  ac97: { driver: 'AC97', bus: 'pci' },
  ich6: { driver: 'intel-hda', bus: 'pci', hda: true },
  ich9: { driver: 'ich9-intel-hda', bus: 'pci', hda: true },
  usb: { driver: 'usb-audio', bus: 'usb' },
}

function printVirtio(device: Sound, context: Context, out: CommandLineBuilder): void {
  const properties = new Properties()
    .put('driver', virtioDriver('virtio-sound', 'virtio', device), of(device, 'model'))
    .append(virtioProperties(device.driver))
    .id(device, context)
  const audio = audiodev(device.audio, context)
  if (audio) properties.put('audiodev', audio.id, audio.from)
  properties.field('streams', device, 'streams')
  emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
}

function printSound(device: Sound, context: Context, out: CommandLineBuilder): void {
  if (device.model === 'virtio') {
    printVirtio(device, context, out)
    return
  }
  const card = cards[device.model]
  if (card === undefined) return
  const properties = new Properties().put('driver', card.driver, of(device, 'model')).id(device, context)
  const audio = audiodev(device.audio, context)
  if (audio && !card.hda) properties.put('audiodev', audio.id, audio.from)
  if (device.multichannel !== undefined) properties.put('multi', device.multichannel, of(device, 'multichannel'))
  emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
  if (card.hda) printCodecs(device, context, out)
}

/** An HDA card without codecs gets one that plays and records. */
function printCodecs(device: Sound, context: Context, out: CommandLineBuilder): void {
  const codecs = device.codec.length > 0 ? device.codec : [undefined]
  const audio = audiodev(device.audio, context)
  codecs.forEach((codec, index) => {
    const alias = context.alias(device)
    const from = rule('sound/codec')
    const properties = new Properties()
      .put('driver', `hda-${codec?.type ?? 'duplex'}`, codec ? of(codec, 'type') : rule('sound/default-codec'))
      .put('id', `${alias}-codec${index}`, named(device))
      .put('bus', `${alias}.0`, named(device))
      .put('cad', index, from)
    if (audio) properties.put('audiodev', audio.id, audio.from)
    out.device(properties)
  })
}

function check(device: Sound, context: Context): void {
  const { model, address } = device
  checkAudioReference(device.audio, context)
  if (context.devices.audio.length === 0) {
    context.error({
      code: 'sound/no-backend',
      message: "The card's sound goes nowhere: the guest has no audio backend, and its screens bring none.",
      hint: "Add <audio id='1' type='none'/>, or another type.",
      at: device,
      when: 'start',
    })
  }
  const card = cards[model]
  if (model === 'virtio') return
  checkVirtioOnly(device, context)
  if (card === undefined && model !== 'pcspk') {
    context.error({
      code: 'sound/other-hypervisor',
      message: `The ${model} card belongs to another hypervisor; QEMU has none.`,
      hint: "Use model='ich9' or 'usb'.",
      at: device,
      field: 'model',
    })
    return
  }
  if (address !== undefined && card?.bus !== 'pci' && card?.bus !== 'usb' && address.type !== card?.bus) {
    context.warn({
      code: 'sound/address',
      message: `A ${model} card is no device at an address of type ${address.type}: libvirt takes it, QEMU has no such place.`,
      hint: 'Remove <address>.',
      at: address,
    })
  }
}

/** Streams and options of virtio belong to a virtio card. */
function checkVirtioOnly(device: Sound, context: Context): void {
  for (const field of ['streams', 'driver'] as const) {
    if (device[field] === undefined) continue
    context.error({
      code: 'sound/virtio-only',
      message: `A ${device.model} card has no ${field}.`,
      hint: "Remove it, or use model='virtio'.",
      at: device,
      field,
    })
  }
}

const gate = (needs: Flag, model: Model): Gate<Sound> => ({
  path: '@model',
  needs,
  code: `sound/${model}-unsupported`,
  what: `${model} sound card`,
  hint: 'Use another model.',
  is: model,
})

const codecGate = (needs: Flag, type: Sound['codec'][number]['type']): Gate<Sound> => ({
  path: 'codec/@type',
  needs,
  code: `sound/codec-${type}-unsupported`,
  what: `${type} codec`,
  hint: 'Use another codec.',
  when: (device) => device.codec.find((codec) => codec.type === type),
})

const defaultStreams = 2

export const soundKind = {
  defaults: [
    {
      name: 'sound/codec-without-hda',
      doc: 'Codecs belong to an HDA card; those of another are forgotten (libvirt 11.3 and 12.8 asked).',
      apply: (device, context) => {
        if (device.codec.length > 0 && !cards[device.model]?.hda) context.replace(device.codec, [])
      },
    },
    {
      name: 'sound/streams',
      doc: 'A virtio card has two streams: one to play, one to record.',
      apply: (device, context) => {
        if (device.model !== 'virtio' || device.streams !== undefined) return
        context.set(device, 'streams', defaultStreams, defaultRule('sound/streams'))
      },
    },
  ],
  gates: [
    gate('ich9-intel-hda', 'ich9'),
    gate('usb-audio', 'usb'),
    gate('virtio-sound', 'virtio'),
    codecGate('hda-duplex', 'duplex'),
    codecGate('hda-micro', 'micro'),
    codecGate('hda-output', 'output'),
  ],
  pci: (device, context) => {
    const { machine } = context
    if (device.model === 'virtio') return virtioPciWish('virtio', device, context)
    if (cards[device.model]?.bus !== 'pci') return undefined
    const preferred = device.model === 'ich9' ? machine.pci.usualSlots?.ich9Sound : undefined
    return preferred ? { plug: 'pci', preferred } : { plug: 'pci' }
  },
  virtio: ({ model }) => model === 'virtio',
  usb: (device) => (device.model === 'usb' ? {} : undefined),
  alias: (_device, index) => `sound${index}`,
  check,
  contribute: (context, { machine }) => {
    for (const device of context.devices.sound) {
      const audio = device.model === 'pcspk' ? audiodev(device.audio, context) : undefined
      if (audio) machine.put('pcspk-audiodev', audio.id, of(device, 'model'))
    }
  },
  argv: {
    cards: (context, out) => {
      for (const device of context.devices.sound) printSound(device, context, out)
    },
  },
} satisfies DeviceKind<Sound>
