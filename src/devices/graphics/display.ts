import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { shortName } from '../../context/domain-name.ts'
import { audiodev } from '../../parts/audio-reference.ts'
import type { GraphicsOf } from './element.ts'
import { renderNodeKey } from './prepare.ts'

/** Screens that are a `-display` of QEMU. */
export function printSdl(device: GraphicsOf<'sdl'>, _context: Context, out: CommandLineBuilder): void {
  if (device.xauth !== undefined) out.variable('XAUTHORITY', device.xauth, of(device, 'xauth'))
  if (device.display !== undefined) out.variable('DISPLAY', device.display, of(device, 'display'))
  const properties = new Properties().put('display', 'sdl', of(device, 'type'))
  if (device.gl) properties.field('gl', device.gl, 'enable')
  if (device.fullscreen) out.flag('-full-screen', of(device, 'fullscreen'))
  out.keyValue('-display', properties, 'display')
}

export function printEglHeadless(device: GraphicsOf<'egl-headless'>, context: Context, out: CommandLineBuilder): void {
  const properties = new Properties().put('display', 'egl-headless', of(device, 'type'))
  const node = context.start.get(renderNodeKey, device)
  if (node) properties.put('rendernode', node.value, node.from)
  out.keyValue('-display', properties, 'display')
}

export function printDbus(device: GraphicsOf<'dbus'>, context: Context, out: CommandLineBuilder): void {
  const properties = new Properties().put('display', 'dbus', of(device, 'type'))
  if (device.p2p) properties.put('p2p', true, of(device, 'p2p'))
  else if (device.busAddress !== undefined) properties.field('addr', device, 'busAddress')
  else {
    properties.put('addr', `unix:path=${busSocket(context)}`, rule('graphics/own-bus'))
  }
  if (device.gl) properties.field('gl', device.gl, 'enable')
  const node = context.start.get(renderNodeKey, device)
  if (node) properties.put('rendernode', node.value, node.from)
  const audio = device.audio && audiodev(device.audio, context)
  if (audio) properties.put('audiodev', audio.id, audio.from)
  out.keyValue('-display', properties, 'display')
}

/** The bus that is started with the guest. */
export function busSocket(context: Context): string {
  return `${context.host.config.dbusStateDir}/${shortName(context)}-dbus.sock`
}
