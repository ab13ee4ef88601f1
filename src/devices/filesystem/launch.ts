import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import type { Filesystem } from './element.ts'

/** The socket of the helper that is started with the guest. */
export function helperSocket(device: Filesystem, context: Context): string {
  return `${domainDirectory(context)}/${context.alias(device)}-fs.sock`
}

/** The folder; with virtiofs the helper that serves it, unless somebody else runs it. */
export function launchFilesystem(device: Filesystem, context: Context, plan: LaunchBuilder): void {
  const { source, driver } = device
  if (source.socket !== undefined) {
    const hint = 'Start the helper that listens on it.'
    plan.writable(source.socket, 'the socket of a virtiofs helper', of(source, 'socket'), hint)
    return
  }
  if (source.dir === undefined) return
  plan.readable(source.dir, 'a folder for the guest', of(source, 'dir'), 'Make the folder, or name another.')
  if (driver?.type !== 'virtiofs') return
  const socket = helperSocket(device, context)
  plan.helper({
    name: 'virtiofsd',
    argv: [program(device, context), `--socket-path=${socket}`, ...options(device, source.dir)],
    socket,
    from: of(driver, 'type'),
  })
}

/** The domain's own, the host's by its descriptor, or the one in the usual folders. */
function program({ binary }: Filesystem, { host }: Context): string {
  const described = host.vhostUser.find(({ descriptor }) => descriptor.type === 'fs')?.descriptor.binary
  return binary?.path ?? described ?? 'virtiofsd'
}

/** In the spelling that every virtiofsd knows, the old one of QEMU included. */
function options({ binary, idmap }: Filesystem, dir: string): string[] {
  const list = [`source=${dir.replaceAll(',', '\\,')}`]
  if (binary?.cache) list.push(`cache=${binary.cache.mode}`)
  if (binary?.sandbox) list.push(`sandbox=${binary.sandbox.mode}`)
  const toggle = (name: string, value: boolean | undefined) => {
    if (value !== undefined) list.push(value ? name : `no_${name}`)
  }
  toggle('xattr', binary?.xattr)
  toggle('flock', binary?.lock?.flock)
  toggle('posix_lock', binary?.lock?.posix)
  const words = ['-o', list.join(',')]
  if (binary?.thread_pool) words.push(`--thread-pool-size=${binary.thread_pool.size}`)
  if (binary?.openfiles?.max !== undefined) words.push(`--rlimit-nofile=${binary.openfiles.max}`)
  const map = (kind: 'uid' | 'gid') =>
    (idmap?.[kind] ?? []).map(({ start, target, count }) => `--${kind}-map=:${start}:${target}:${count}:`)
  return [...words, ...map('uid'), ...map('gid')]
}
