import type { Context } from '../../context/context.ts'
import { shortName } from '../../context/domain-name.ts'
import { defaultRule } from '../../origin/origin.ts'
import type { Channel } from './element.ts'

function targetName(device: Channel): string | undefined {
  return device.target.type === 'guestfwd' ? undefined : device.target.name
}

/** libvirt chooses the socket of a named port. */
export function mayBeAutomatic(device: Channel): boolean {
  return device.type === 'unix' && device.target.type !== 'guestfwd'
}

/** A port without a name is told apart by its place. */
function nameOfPlace({ address }: Channel): string {
  if (address?.type !== 'virtio-serial') return 'unknown.sock'
  const digits = [address.controller, address.bus, address.port].map((it) => String(it ?? 0).padStart(2, '0'))
  return `vioser-${digits.join('-')}.sock`
}

/** The socket of a named port, below libvirt's folder for channels. */
export function automaticPath(device: Channel, context: Context): string {
  const folder = `${context.host.config.channelTargetDir}/${shortName(context)}`
  return `${folder}/${targetName(device) ?? nameOfPlace(device)}`
}

/** A socket that some libvirt chose: it follows from the domain's name, so it is not kept. */
function wasAutomatic(device: Channel, path: string, context: Context): boolean {
  const name = targetName(device)
  const { libDir, channelTargetDir } = context.host.config
  const folder = [`${libDir}/channel/`, `${channelTargetDir}/`].find((it) => path.startsWith(it))
  if (folder === undefined || name === undefined || !path.endsWith(name)) return false
  const between = path.slice(folder.length, path.length - name.length).replace(/^target\//, '')
  return /^([^/]+\.|domain-[^/]+\/|\d+-[^/]+\/)$/.test(between)
}

/** Drops a source that says nothing: no path, or one that libvirt chose. */
export function dropAutomaticSource(device: Channel, context: Context): void {
  if (device.type !== 'unix' || !mayBeAutomatic(device) || device.source === undefined) return
  const { path, reconnect } = device.source
  if (path && !wasAutomatic(device, path, context)) return
  if (reconnect) {
    context.error({
      code: 'chardev/reconnect-listening',
      message: 'libvirt chooses this socket and listens on it; only a client connects again.',
      hint: 'Use a path of your own, or remove <reconnect>.',
      at: reconnect,
    })
  }
  context.set(device, 'source', undefined, defaultRule('channel/automatic-path'))
}
