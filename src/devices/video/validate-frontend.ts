import type { Context } from '../../context/context.ts'
import { isVhostUser, virtioFlags } from './drivers.ts'
import type { Video, VideoModel, VideoType } from './element.ts'

const withEdid: ReadonlySet<VideoType> = new Set(['vga', 'bochs', 'virtio'])

/** Source: formatdomain, "Video devices", `edid` and `device`; libvirt 12.8 asked for each. */
export function checkFrontend(device: Video, model: VideoModel, context: Context): void {
  const { type, device: frontend } = model
  if (model.edid !== undefined && type !== undefined && !withEdid.has(type)) {
    context.error({
      code: 'video/edid',
      message: `A ${type} card tells the guest of no EDID, and cannot be told to.`,
      hint: "Remove edid, or use type='virtio', 'vga' or 'bochs'.",
      at: model,
      field: 'edid',
    })
  }
  if (frontend === undefined) return
  const refuse = (code: string, message: string, hint: string) =>
    context.error({ code, message, hint, at: model, field: 'device' })
  const anyOther = 'Remove device: a fitting one is chosen.'
  if (isVhostUser(device) !== frontend.startsWith('vhost-user-')) {
    const runner = isVhostUser(device) ? 'a helper program' : 'QEMU'
    refuse('video/device-backend', `The card is run by ${runner}; ${frontend} is not.`, anyOther)
  } else if (!context.capabilities.has(virtioFlags[frontend])) {
    refuse('video/device-unsupported', `This QEMU has no ${frontend} (capability ${virtioFlags[frontend]}).`, anyOther)
  } else if (frontend.endsWith('-gl') && model.acceleration?.accel3d !== true) {
    refuse(
      'video/device-accel3d',
      `A ${frontend} draws in 3D, and the card is not to.`,
      "Add accel3d='yes', or remove device.",
    )
  } else if (frontend.includes('-vga') && model.primary !== true) {
    refuse('video/device-secondary', `A ${frontend} can only be the primary card.`, anyOther)
  }
}
