import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { hostFact, implicitRule } from '../../origin/origin.ts'
import { printAudio } from './argv.ts'
import { typeOfDriver } from './backends.ts'
import { type Audio, audio } from './element.ts'

/** Screens that decide where sound goes. */
const sounding = new Set(['vnc', 'spice', 'sdl'])

/**
 * The backend where the domain names none, by its last screen: SPICE carries its own sound; a screen on the host (SDL), or
 * VNC and no screen where the driver's configuration allows it, follow QEMU_AUDIO_DRV. Source: formatdomain, "Audio
 * backends"; qemu.conf, vnc_allow_host_audio and nographics_allow_host_audio; libvirt 11.3 and 12.8, asked with two screens.
 */
function addDefault(context: Context): void {
  const { graphics, audio: list } = context.devices
  if (list.length > 0) return
  const { config, environment } = context.host
  const last = graphics.findLast(({ type }) => sounding.has(type))?.type
  const reason = implicitRule('audio/default')
  const add = (type: Audio['type'], from = reason) => context.insert(list, audio.create({ id: 1, type }), from)
  if (last === 'spice') {
    add('spice')
    return
  }
  const silent = graphics.length === 0 || last === 'vnc'
  const hostAudio =
    last === 'sdl' ||
    (last === 'vnc' && config.vncAllowHostAudio) ||
    (graphics.length === 0 && config.nogfxAllowHostAudio)
  const wanted = hostAudio ? environment.QEMU_AUDIO_DRV : undefined
  const type = wanted === undefined ? undefined : typeOfDriver(wanted)
  if (wanted !== undefined && type === undefined) {
    context.error({
      code: 'audio/environment',
      message: `QEMU_AUDIO_DRV names "${wanted}", which is no audio driver of QEMU.`,
      hint: 'Set it to pa, none, alsa, coreaudio, jack, oss, sdl, spice or wav, or add <audio> to the domain.',
    })
  }
  if (type === undefined) {
    if (silent) add('none')
    return
  }
  const made = add(type, hostFact('environment QEMU_AUDIO_DRV'))
  const driver = environment.SDL_AUDIODRIVER
  if (made.type === 'sdl' && driver !== undefined) {
    context.set(made, 'driver', driver as typeof made.driver, hostFact('environment SDL_AUDIODRIVER'))
  }
}

function checkIds(context: Context): void {
  const seen = new Set<number>()
  for (const device of context.devices.audio) {
    if (seen.has(device.id)) {
      context.error({
        code: 'audio/id-in-use',
        message: `Two audio backends have the id ${device.id}.`,
        hint: 'Give each its own number.',
        at: device,
        field: 'id',
      })
    }
    seen.add(device.id)
  }
}

/** SPICE carries the sound to its client: there must be one. */
function checkScreens(context: Context): void {
  const { audio: list, graphics } = context.devices
  if (graphics.some(({ type }) => type === 'spice')) return
  for (const device of list) {
    if (device.type !== 'spice') continue
    context.error({
      code: 'audio/spice-without-screen',
      message: 'Sound over SPICE needs a SPICE screen, and the guest has none.',
      hint: "Add <graphics type='spice'/>, or use another type of audio.",
      at: device,
      field: 'type',
    })
  }
}

export const audioKind = {
  implicit: [
    { name: 'audio/default', doc: 'SPICE, the environment, or none, by the screens of the guest.', apply: addDefault },
  ],
  gates: [
    {
      path: '@type',
      needs: 'display-dbus',
      code: 'audio/dbus-unsupported',
      what: 'sound over D-Bus',
      hint: 'Use another type of audio.',
      is: 'dbus',
    },
  ],
  validate: (context) => {
    checkIds(context)
    checkScreens(context)
  },
  argv: {
    backends: (context, out) => {
      for (const device of context.devices.audio) printAudio(device, context, out)
    },
  },
} satisfies DeviceKind<Audio>
