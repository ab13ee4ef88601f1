import type { Context } from '../../context/context.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'
import { asked } from '../../host/asked.ts'
import { powerOfTwo } from './defaults.ts'
import { cardOf, isVhostUser, isVirtio } from './drivers.ts'
import type { Video, VideoModel, VideoType } from './element.ts'
import { checkFrontend } from './validate-frontend.ts'

const virtioOptionNames = Object.keys(virtioOptions) as (keyof typeof virtioOptions)[]

/** QEMU takes sizes of cards as 32-bit numbers of bytes. */
const maxKiB = 0xffffffff / 1024

export function checkVideo(device: Video, context: Context): void {
  const { model, driver } = device
  if (model?.type === undefined || model.type === 'none') return
  const card = cardOf(model.type)
  if (card === undefined) {
    context.error({
      code: 'video/other-hypervisor',
      message: `The ${model.type} card belongs to another hypervisor; QEMU has none.`,
      hint: "Use type='virtio', 'vga' or 'qxl'.",
      at: model,
      field: 'type',
    })
    return
  }
  if (model.primary !== true && card.secondary === undefined) {
    context.error({
      code: 'video/not-secondary',
      message: `A ${model.type} card can only be the primary one.`,
      hint: 'Further cards must be of type qxl or virtio.',
      at: model,
      field: 'type',
    })
  }
  if (model.type === 'ramfb' && device.address !== undefined) {
    context.error({
      code: 'video/address',
      message: 'A ramfb card is memory that the firmware hands over; it has no address.',
      hint: 'Remove <address>.',
      at: device.address,
    })
  }
  const option = driver && virtioOptionNames.find((name) => driver[name] !== undefined)
  if (option !== undefined && !isVirtio(device)) {
    context.error({
      code: 'video/virtio-only',
      message: `A ${model.type} card is no virtio device: it has no ${option}.`,
      hint: `Remove ${option}, or use type='virtio'.`,
      at: driver,
      field: option,
    })
  }
  if (driver?.name === 'vhostuser' && !isVirtio(device)) {
    context.error({
      code: 'video/vhost-user-model',
      message: `A helper program runs virtio cards only, not ${model.type}.`,
      hint: "Use type='virtio', or name='qemu'.",
      at: driver,
      field: 'name',
    })
  }
  checkAcceleration(device, model, context)
  checkBlob(model, context)
  checkMemory(model, context)
  checkScreens(model, context)
  checkFrontend(device, model, context)
  if (isVhostUser(device)) checkHelper(device, model, context)
}

function checkAcceleration(device: Video, model: VideoModel, context: Context): void {
  const { acceleration, blob } = model
  const refuse = (code: string, message: string, hint: string, at: object, field: string) =>
    context.error({ code, message, hint, at, field })
  if (acceleration?.accel2d === true) {
    const message = '2D acceleration belongs to another hypervisor; QEMU has none.'
    refuse('video/accel2d', message, 'Remove accel2d.', acceleration, 'accel2d')
  }
  if (acceleration?.accel3d === true && model.type !== 'virtio') {
    const message = `A ${model.type} card has no 3D acceleration.`
    refuse('video/accel3d', message, "Use type='virtio', or remove accel3d.", acceleration, 'accel3d')
  }
  const accelerators = ['virtio-gpu.virgl', 'virtio-gpu-gl-pci', 'virtio-vga-gl'] as const
  if (acceleration?.accel3d === true && isVirtio(device) && !accelerators.some((it) => context.capabilities.has(it))) {
    const message = 'This QEMU has no virtio card with 3D acceleration (capability virtio-gpu-gl-pci).'
    refuse(
      'video/accel3d-unsupported',
      message,
      'Remove accel3d, or use a QEMU built with virglrenderer.',
      acceleration,
      'accel3d',
    )
  }
  if (acceleration?.rendernode !== undefined && !isVhostUser(device)) {
    const message = 'A render node is for the helper program of a card; QEMU itself takes it from <graphics>.'
    refuse(
      'video/rendernode',
      message,
      "Move it to <gl> of <graphics>, or use <driver name='vhostuser'/>.",
      acceleration,
      'rendernode',
    )
  }
  if (blob !== undefined && (model.type !== 'virtio' || isVhostUser(device))) {
    const message = 'Blob resources are of virtio cards that QEMU itself runs.'
    refuse('video/blob', message, 'Remove blob.', model, 'blob')
  }
}

/** Blob resources are pieces of the guest's memory that others map: it must be a file that can be handed over. */
function checkBlob(model: VideoModel, context: Context): void {
  if (model.type !== 'virtio' || model.blob !== true) return
  if (context.definition.memoryBacking?.source?.type === 'memfd') return
  context.error({
    code: 'video/blob-without-memfd',
    message: "Blob resources need the guest's memory in a memfd.",
    hint: "Add <memoryBacking><source type='memfd'/></memoryBacking>, or remove blob.",
    at: model,
    field: 'blob',
  })
}

const severalHeads: ReadonlySet<VideoType> = new Set(['qxl', 'virtio'])
const withResolution: ReadonlySet<VideoType> = new Set(['vga', 'qxl', 'virtio', 'bochs'])

function checkScreens(model: VideoModel, context: Context): void {
  const { heads = 1, resolution, type } = model
  if (type === undefined) return
  if (heads !== 1 && !severalHeads.has(type)) {
    context.error({
      code: 'video/heads',
      message: `A ${type} card has one screen, not ${heads}.`,
      hint: "Use type='virtio' or 'qxl', or remove heads.",
      at: model,
      field: 'heads',
    })
  }
  if (resolution === undefined) return
  if (!withResolution.has(type)) {
    context.error({
      code: 'video/resolution',
      message: `The resolution of a ${type} card cannot be chosen.`,
      hint: "Remove <resolution>, or use type='virtio', 'vga', 'qxl' or 'bochs'.",
      at: resolution,
    })
  }
  for (const field of ['x', 'y'] as const) {
    if (resolution[field] > 0) continue
    context.error({
      code: 'video/resolution',
      message: 'A screen has at least one pixel in each direction.',
      hint: "Write x='1280' y='720', for example.",
      at: resolution,
      field,
    })
  }
}

function checkMemory(model: VideoModel, context: Context): void {
  for (const field of ['ram', 'vram64', 'vgamem'] as const) {
    if (model.type === 'qxl' || !model[field]) continue
    context.error({
      code: 'video/qxl-only',
      message: `${field} is the size of a memory that only qxl cards have.`,
      hint: `Remove it, or use type='qxl'; the size of other cards is vram.`,
      at: model,
      field,
    })
  }
  for (const field of ['ram', 'vram'] as const) {
    if (model.type !== 'qxl' || (model[field] ?? 0) <= maxKiB) continue
    context.error({
      code: 'video/memory-too-large',
      message: `The card is to have ${model[field]} KiB of ${field}; QEMU takes less than 4 GiB.`,
      hint: 'Give it less.',
      at: model,
      field,
    })
  }
  const tooSmall = (field: 'vram' | 'vgamem', least: number) => {
    const value = model[field]
    if (value === undefined || value >= least) return
    context.error({
      code: 'video/memory-too-small',
      message: `The card is to have ${value} KiB of ${field}; it needs at least ${least}.`,
      hint: `Give it ${least} KiB or more, or leave ${field} out.`,
      at: model,
      field,
    })
  }
  if (model.type === 'vga' || model.type === 'vmvga') tooSmall('vram', 1024)
  if (model.type === 'qxl') {
    tooSmall('vgamem', 1024)
    checkPowerOfTwo(model, context)
  }
}

/** The other sizes are raised by themselves; this one is refused (oracle: 11.3, 12.8). */
function checkPowerOfTwo(model: VideoModel, context: Context): void {
  const { vgamem } = model
  if (vgamem === undefined || powerOfTwo(vgamem) === vgamem) return
  context.error({
    code: 'video/not-power-of-two',
    message: `The card is to have ${vgamem} KiB of vgamem; it must be a power of two.`,
    hint: `Write vgamem='${powerOfTwo(vgamem)}', or leave it out.`,
    at: model,
    field: 'vgamem',
  })
}

/** A helper program is found by its descriptor. Source: QEMU's docs/interop/vhost-user.json. */
function checkHelper(device: Video, model: VideoModel, context: Context): void {
  const { acceleration } = model
  const wanted = [
    ...(acceleration?.accel3d === true ? ['virgl'] : []),
    ...(acceleration?.rendernode !== undefined ? ['render-node'] : []),
  ]
  const fits = context.host.vhostUser.some(
    ({ descriptor }) =>
      descriptor.type === 'gpu' && wanted.every((feature) => descriptor.features?.includes(feature) ?? false),
  )
  const what = wanted.length > 0 ? ` with ${wanted.join(' and ')}` : ''
  const fact = asked.vhostUser(`a vhost-user program for graphics cards${what}`)
  const { standing } = context.ask(fact, fits || undefined, { at: device })
  if (standing !== 'absent') return
  context.error({
    code: 'video/no-helper',
    message: `The host has no vhost-user program for graphics cards${what}.`,
    hint: "Install one (its descriptor lies in /usr/share/qemu/vhost-user), or use <driver name='qemu'/>.",
    at: device.driver ?? device,
    when: 'start',
  })
}

/** Source: formatdomain, "Video devices". */
export function checkVideos(context: Context): void {
  const list = context.devices.video
  const none = list.find((it) => it.model?.type === 'none')
  if (none !== undefined && list.length > 1) {
    context.error({
      code: 'video/none-and-others',
      message: 'A card of type none says that there is none; the guest has others.',
      hint: 'Remove it, or the others.',
      at: none,
    })
  }
  for (const device of list.filter((it) => it.model?.primary === true).slice(1)) {
    context.error({
      code: 'video/several-primary',
      message: 'Only one card can be the primary one; this is another.',
      hint: "Remove primary='yes'.",
      at: device.model ?? device,
      field: 'primary',
    })
  }
}
