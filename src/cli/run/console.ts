import { openSync } from 'node:fs'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { ReadStream } from 'node:tty'
import { objectsOf, textOf } from '../../json/loose.ts'
import { LaunchError } from './launch-error.ts'
import type { Monitor } from './monitor.ts'

/** Ends the attachment: Ctrl-], as in virsh and telnet. */
const escapeByte = 0x1d

export interface Attached {
  detach(): void
}

/**
 * Joins the terminal to the host side of the guest's console, before the guest says anything. Ctrl-] ends the guest as
 * Ctrl-C would without a console.
 */
export async function attachConsole(chardev: string, monitor: Monitor, onEscape: () => void): Promise<Attached> {
  const answer = objectsOf(await monitor.value({ execute: 'query-chardev' }))
  const filename = textOf(answer.find(({ label }) => label === chardev)?.filename) ?? ''
  const line = open(filename)
  if (line === undefined) {
    throw new LaunchError(
      'no-console',
      `The console is ${filename || 'nothing'}, to which no terminal can be attached.`,
      "Use <serial type='pty'/>, or run without --console.",
    )
  }
  const { stdin, stdout } = process
  const raw = stdin.isTTY ? stdin : undefined
  raw?.setRawMode(true)
  line.on('data', (chunk: Buffer) => stdout.write(chunk))
  line.on('error', () => undefined)
  const typed = (chunk: Buffer) => {
    const at = raw ? chunk.indexOf(escapeByte) : -1
    line.write(at < 0 ? chunk : chunk.subarray(0, at))
    if (at >= 0) onEscape()
  }
  stdin.on('data', typed)
  return {
    detach: () => {
      stdin.off('data', typed)
      stdin.pause()
      raw?.setRawMode(false)
      line.destroy()
    },
  }
}

/** What QEMU says of a host side: `pty:/dev/pts/3`, `unix:/path,server=on`, `disconnected:tcp:…:4555,server=on`. */
function open(filename: string): Duplex | undefined {
  const [, kind, rest = ''] = /^(?:disconnected:)?(pty|unix|tcp|telnet):([^,]*)/.exec(filename) ?? []
  if (kind === 'pty') {
    const line = new ReadStream(openSync(rest, 'r+'))
    line.setRawMode(true)
    return line
  }
  if (kind === 'unix') return connect(rest)
  const colon = rest.lastIndexOf(':')
  if (kind === undefined || colon < 0) return undefined
  return connect(Number(rest.slice(colon + 1)), rest.slice(0, colon).replace(/[[\]]/g, ''))
}
