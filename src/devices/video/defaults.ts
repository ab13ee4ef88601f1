import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import { defaultRule, implicitRule } from '../../origin/origin.ts'
import { type Video, type VideoModel, type VideoType, video, videoModel } from './element.ts'

/** A screen needs a card. Source: formatdomain, "Video devices". */
export function addCard(context: Context): void {
  const { graphics, video: list } = context.devices
  if (graphics.length > 0 && list.length === 0)
    context.insert(list, video.create({}), implicitRule('video/for-graphics'))
}

const typeFlags: { readonly [T in VideoType]?: Flag } = { cirrus: 'cirrus-vga', vga: 'VGA' }

/** The machine's choice, else Cirrus or VGA, whichever this QEMU has. */
function defaultType(context: Context): VideoType | undefined {
  const candidates = context.machine.video ?? (['cirrus', 'vga'] as const)
  return candidates.find((type) => {
    const needs = typeFlags[type]
    return needs === undefined || context.capabilities.has(needs)
  })
}

export function fillModel(device: Video, context: Context): void {
  if (device.model?.type !== undefined) return
  const reason = defaultRule('video/model')
  const type = defaultType(context)
  if (type === undefined) {
    context.error({
      code: 'video/no-default',
      message: 'This QEMU has none of the graphics cards that are added by default.',
      hint: "Choose one: <video><model type='…'/></video>.",
      at: device,
    })
    return
  }
  if (device.model) context.set(device.model, 'type', type, reason)
  else context.set(device, 'model', context.made(videoModel.create({ type }), reason), reason)
}

/** Memory where none is given, in KiB. Source: formatdomain; what libvirt writes. */
const memory: { readonly [T in VideoType]?: { readonly [F in 'ram' | 'vram' | 'vgamem']?: number } } = {
  vga: { vram: 16384 },
  cirrus: { vram: 16384 },
  vmvga: { vram: 16384 },
  bochs: { vram: 16384 },
  xen: { vram: 4096 },
  qxl: { ram: 65536, vram: 65536, vgamem: 16384 },
}

const largestPower = 2 ** 31

/** The next power of two, of 32 bits: 0 where there is none, which says nothing (libvirt 11.3 and 12.8 asked). */
export function powerOfTwo(value: number): number {
  if (value <= 1) return value
  return value > largestPower ? 0 : 2 ** Math.ceil(Math.log2(value))
}

/** Asked: libvirt 12.8 reads the device of another card, and prints it never again. */
export function dropFrontend({ model }: Video, context: Context): void {
  if (model?.device === undefined || model.type === 'virtio') return
  context.set(model, 'device', undefined, defaultRule('video/other-device'))
}

/** Memory in powers of two, one head; a card that is none has nothing of it. */
export function fillSizes(device: Video, context: Context): void {
  const { model } = device
  if (model?.type === undefined) return
  const put = <K extends keyof VideoModel & string>(field: K, value: VideoModel[K], name: string) => {
    if (model[field] !== value) context.set(model, field, value, defaultRule(name))
  }
  // What it said beside its type was forgotten when it was read.
  if (model.type === 'none') return
  const defaults = memory[model.type] ?? {}
  for (const field of ['ram', 'vram'] as const) {
    const value = model[field]
    if (value !== undefined) put(field, powerOfTwo(value), 'video/power-of-two')
  }
  for (const field of ['ram', 'vram', 'vgamem'] as const) put(field, model[field] || defaults[field], 'video/memory')
  put('heads', model.heads ?? 1, 'video/heads')
  if (model.primary === false) put('primary', undefined, 'video/primary')
}

/** The first card is the primary one unless another says so; it stands first. */
export function choosePrimary(context: Context): void {
  const list = context.devices.video
  const chosen = list.find((it) => it.model?.primary === true)
  if (chosen !== undefined) {
    if (chosen !== list[0]) context.replace(list, [chosen, ...list.filter((it) => it !== chosen)])
    return
  }
  const model = list[0]?.model
  if (model && model.type !== 'none') context.set(model, 'primary', true, defaultRule('video/primary'))
}
