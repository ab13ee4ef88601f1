import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { Chardev } from '../../fragments/chardev/element.ts'

/** What a type needs of QEMU. */
const needs: { readonly [T in Chardev['type']]?: Flag } = {
  spicevmc: 'spice',
  spiceport: 'spice',
  'qemu-vdagent': 'chardev.qemu-vdagent',
  dbus: 'display-dbus',
}

export interface ChardevLimits {
  /** libvirt may choose the socket. */
  readonly automaticPath?: boolean
  /** The device may be a channel of SPICE. */
  readonly spice?: boolean
}

/** Refuses a channel of SPICE where the device cannot be one. */
export function refuseSpiceChannel(chardev: Chardev, context: Context): void {
  if (chardev.type !== 'spicevmc') return
  context.error({
    code: 'chardev/spicevmc',
    message: 'Only virtio channels, redirected devices and smartcards can be channels of SPICE.',
    hint: 'Use type spiceport, or a <channel> with a target of type virtio.',
    at: chardev,
    field: 'type',
  })
}

/** What QEMU cannot do with a host side. */
export function checkChardev(chardev: Chardev, context: Context, limits: ChardevLimits = {}): void {
  const { automaticPath = false, spice = false } = limits
  if (!spice) refuseSpiceChannel(chardev, context)
  if ((chardev.type === 'spicevmc' && spice) || chardev.type === 'spiceport') {
    if (!context.devices.graphics.some(({ type }) => type === 'spice')) {
      context.error({
        code: 'chardev/without-spice',
        message: `A character device of type ${chardev.type} is a channel of SPICE, and the guest has no SPICE screen.`,
        hint: "Add <graphics type='spice'/>, or use another type.",
        at: chardev,
        field: 'type',
      })
    }
  }
  if (chardev.type === 'dbus' && chardev.source?.channel === undefined) {
    context.error({
      code: 'chardev/missing-channel',
      message: 'A character device of type dbus needs a channel in its <source>.',
      hint: "Add <source channel='…'/>.",
      at: chardev,
    })
  }
  const flag = needs[chardev.type]
  if (flag !== undefined && !context.capabilities.has(flag)) {
    context.error({
      code: 'chardev/type-unsupported',
      message: `This QEMU has no character devices of type ${chardev.type} (capability ${flag}).`,
      hint: 'Use another type, or another QEMU.',
      at: chardev,
      field: 'type',
    })
  }
  if (chardev.type === 'nmdm') {
    context.error({
      code: 'chardev/nmdm',
      message: 'QEMU has no null modem.',
      hint: 'Use type pty.',
      at: chardev,
      field: 'type',
      when: 'start',
    })
  }
  if (chardev.type === 'unix') checkSocket(chardev, context, automaticPath)
  if (chardev.type === 'tcp') {
    if (chardev.source?.mode === 'bind') checkReconnect(chardev.source, context)
    if (chardev.protocol && chardev.protocol.type !== 'raw' && chardev.protocol.type !== 'telnet') {
      context.error({
        code: 'chardev/protocol',
        message: `QEMU does not speak ${chardev.protocol.type} on a character device.`,
        hint: "Use raw or telnet; for encryption write tls='yes' on <source>.",
        at: chardev.protocol,
        field: 'type',
      })
    }
  }
}

function checkSocket(chardev: Extract<Chardev, { type: 'unix' }>, context: Context, automaticPath: boolean): void {
  const { source } = chardev
  if (!automaticPath && !source?.path) {
    context.error({
      code: 'chardev/missing-path',
      message: 'A character device of type unix needs the path of a socket in its <source>.',
      hint: "Add <source mode='…' path='…'/>.",
      at: source ?? chardev,
    })
  }
  if (source && (source.mode === 'bind' || !source.path)) checkReconnect(source, context)
}

function checkReconnect(source: { readonly reconnect?: object | undefined }, context: Context): void {
  if (source.reconnect === undefined) return
  context.error({
    code: 'chardev/reconnect-listening',
    message: 'Only a client connects again; this side of the socket listens.',
    hint: "Use mode='connect' with a path of your own, or remove <reconnect>.",
    at: source.reconnect,
  })
}
