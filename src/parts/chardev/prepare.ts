import type { Context } from '../../context/context.ts'
import type { FdSet } from '../../context/fd-set.ts'
import { startKey } from '../../context/start.ts'
import type { Chardev, ChardevOf } from '../../fragments/chardev/element.ts'
import { prepareSecret } from '../tls-credentials.ts'

/** What a start adds to the host side of a character device. */
export interface PreparedChardev {
  /** The descriptor of the file that is written; QEMU opens the path where the host hands out none. */
  readonly file: FdSet | undefined
  readonly log: FdSet | undefined
  /** The descriptor of the socket that QEMU listens on. */
  readonly listen: number | undefined
  readonly tls: boolean
}

const prepared = startKey<PreparedChardev>('chardev')

/** Whether a TCP socket is encrypted: as the device says, else as qemu.conf does. */
function wantsTls(chardev: Chardev, context: Context): boolean {
  return chardev.type === 'tcp' && (chardev.source?.tls ?? context.host.config.chardevTLS)
}

function fdSet(fd: number | undefined, opaque: string, context: Context): FdSet | undefined {
  return fd === undefined ? undefined : context.fdSets.add([{ fd, opaque }])
}

function listens(chardev: Chardev): chardev is ChardevOf<'unix'> {
  return chardev.type === 'unix' && (chardev.source?.mode ?? 'bind') === 'bind'
}

/**
 * Gets what the host hands out for a character device, and the secret of its TLS key.
 * @param alias of the device, by which QEMU reports the descriptors
 */
export function prepareChardev(chardev: Chardev, alias: string, context: Context): void {
  const { resources, config } = context.host
  const tls = wantsTls(chardev, context)
  context.start.set(prepared, chardev, {
    file: chardev.type === 'file' ? fdSet(resources.chardevFile(), `${alias}-source`, context) : undefined,
    log: chardev.log ? fdSet(resources.chardevLog(), `${alias}-log`, context) : undefined,
    listen: listens(chardev) ? resources.chardevUnixListen() : undefined,
    tls,
  })
  if (tls && config.chardevTLSx509secretUUID !== undefined) {
    prepareSecret({ type: 'tls', uuid: config.chardevTLSx509secretUUID }, chardev, context)
  }
}

export function preparedChardev(chardev: Chardev, context: Context): PreparedChardev {
  return context.start.need(prepared, chardev)
}
