import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { Chardev, ChardevOf } from '../../fragments/chardev/element.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import type { ChardevUse } from './argv.ts'

type Needs<T extends Chardev['type']> = (chardev: ChardevOf<T>, plan: LaunchBuilder, use: Partial<ChardevUse>) => void

const what = 'a character device'

/** What QEMU opens by itself must be there, and what it makes must have a place. */
const needs: { readonly [T in Chardev['type']]?: Needs<T> } = {
  dev: ({ source }, plan) => {
    if (source?.path !== undefined) plan.writable(source.path, what, of(source, 'path'))
  },
  pipe: ({ source }, plan) => {
    if (source?.path !== undefined) plan.need(pipeNeed(source.path, of(source, 'path')))
  },
  file: ({ source }, plan) => {
    if (source?.path !== undefined) plan.placeFor(source.path, what, of(source, 'path'))
  },
  unix: ({ source }, plan, { automaticPath }) => {
    const path = source?.path ?? automaticPath
    if (path === undefined) return
    const from = source?.path === undefined ? rule('channel/automatic-path') : of(source, 'path')
    if (source?.mode === 'connect') {
      // A client that connects again may come before its server.
      if (source.reconnect?.enabled !== true) plan.writable(path, what, from, 'Start the program that listens on it.')
      return
    }
    if (source?.path === undefined) plan.folder(path.slice(0, path.lastIndexOf('/')), 'sockets of channels', from)
    else plan.placeFor(path, what, from)
    plan.free(path, from)
  },
}

function pipeNeed(path: string, from: ReturnType<typeof of>) {
  const hint = `Make it with \`mkfifo ${path}\`, or ${path}.in and ${path}.out.`
  return { kind: 'pipe', path, what, from, hint } as const
}

/** What the host side of a character device needs at a start without libvirt. */
export function launchChardev(
  chardev: Chardev,
  _context: Context,
  plan: LaunchBuilder,
  use: Partial<ChardevUse> = {},
): void {
  const need = needs[chardev.type] as Needs<Chardev['type']> | undefined
  need?.(chardev, plan, use)
  const { log } = chardev
  if (log?.file !== undefined) plan.placeFor(log.file, 'the log of a character device', of(log, 'file'))
}
