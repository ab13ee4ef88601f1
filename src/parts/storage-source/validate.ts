import type { Context } from '../../context/context.ts'
import type { SourceByType, SourceOf } from '../../fragments/storage-source/element.ts'
import { isEmpty } from '../../fragments/storage-source/empty.ts'
import type { NetworkHost, Protocol } from '../../fragments/storage-source/network.ts'
import type { Encryption } from '../../fragments/storage-source/secret.ts'
import { dated } from '../../release/dated.ts'
import { lunOf } from './protocols/iscsi.ts'

/** Checks on a source by itself, wherever it stands. */
export function checkSource(located: SourceByType, context: Context): void {
  const { source } = located
  if (source === undefined) return
  if (located.type === 'network' && located.source) checkNetwork(located.source, context)
  if (source.encryption) checkEncryption(source.encryption, located, context)
  const { reservations } = source
  if (reservations && reservations.source?.path === undefined && (!reservations.managed || reservations.source)) {
    context.error({
      code: 'source/reservations-without-socket',
      message: 'Reservations name the socket of a helper, or are managed.',
      hint: "Add <source type='unix' path='…' mode='client'/>, or managed='yes'.",
      at: reservations,
    })
  }
  if ((located.type === 'network' || located.type === 'nvme') && located.source?.startupPolicy) {
    context.error({
      code: 'source/startup-policy',
      message: `libvirt cannot tell before a start whether a source of the type ${located.type} is there.`,
      hint: 'Remove startupPolicy.',
      at: source,
      field: 'startupPolicy',
    })
  }
}

/** Kinds of source that only a disk itself can have: libvirt resolves them, or another process serves them. */
const topOnly: ReadonlySet<SourceByType['type']> = new Set(['volume', 'vhostuser'])

/** What an image that is no disk of its own (one below another, the variables of a firmware) must name at a start. */
export function checkNested(located: SourceByType, context: Context): void {
  const refuse = (code: string, message: string, hint: string) =>
    context.error({ code, message, hint, at: located.source ?? located, when: 'start' })
  if (topOnly.has(located.type)) {
    refuse('source/disk-only', `An image of the type ${located.type} can be a disk's own only.`, 'Name it by its path.')
  } else if (isEmpty(located)) {
    refuse('source/empty', 'The image names no source.', 'Add the path or name to its <source>.')
  }
}

/** An iSCSI source is `target`, or `target/LUN` with the LUN's number. */
export function checkIscsiName(source: { readonly name: string | undefined }, context: Context): void {
  if (source.name === undefined || lunOf(source.name) !== undefined) return
  context.error({
    code: 'source/iscsi-lun',
    message: 'What follows the slash of an iSCSI name is the number of a LUN.',
    hint: "Write name='iqn.2013-07.com.example:storage/1'.",
    at: source,
    field: 'name',
    when: 'start',
  })
}

const isRbd = (located: SourceByType) => located.type === 'network' && located.source?.protocol === 'rbd'

/** Protocols that no QEMU opens as a block device any more. Source: libvirt 11.3 and 12.8 asked. */
const goneProtocols = dated<readonly string[]>(['tftp'], ['12.8', ['tftp', 'vxhs']])

function checkProtocol(source: SourceOf<'network'>, context: Context): void {
  if (context.plan.at(goneProtocols).includes(source.protocol)) refuseProtocol(source, {}, context)
}

export function refuseProtocol(source: SourceOf<'network'>, when: { readonly when?: 'start' }, context: Context): void {
  context.error({
    code: 'source/protocol-gone',
    message: `QEMU opens no images over ${source.protocol}.`,
    hint: 'Offer the image over https or nbd.',
    at: source,
    field: 'protocol',
    ...when,
  })
}

/** By which ways QEMU reaches a server; a URL says any (libvirt 11.3 and 12.8 asked of each protocol). */
const transports: { readonly [P in Protocol]?: readonly (NetworkHost['transport'] & string)[] } = {
  nbd: ['tcp', 'unix'],
  gluster: ['tcp', 'unix'],
  iscsi: ['tcp', 'rdma'],
  ssh: ['tcp'],
  rbd: ['tcp'],
  nfs: ['tcp'],
}

function checkTransports({ host, protocol }: SourceOf<'network'>, context: Context): void {
  for (const server of host) {
    const { transport = 'tcp' } = server
    if (transports[protocol]?.includes(transport) !== false) continue
    context.error({
      code: 'source/transport',
      message: `QEMU reaches no image over ${protocol} by ${transport}.`,
      hint: `Write transport='tcp', name and port.`,
      at: server,
      field: 'transport',
      ...(protocol !== 'nfs' && { when: 'start' }),
    })
  }
}

/** libvirt hands certificates to the client of NBD alone (11.3 and 12.8 asked). */
function checkTls(source: SourceOf<'network'>, context: Context): void {
  if (source.tls !== true || source.protocol === 'nbd' || source.protocol === 'vxhs') return
  context.error({
    code: 'source/tls-protocol',
    message: `A connection over ${source.protocol} is not encrypted by libvirt's certificates.`,
    hint: "Remove tls='yes', or offer the image over NBD.",
    at: source,
    field: 'tls',
    when: 'start',
  })
}

/** How many servers a protocol takes: rbd and gluster any number, rbd none too (its configuration names them). */
function checkNetwork(source: SourceOf<'network'>, context: Context): void {
  checkProtocol(source, context)
  checkTls(source, context)
  checkTransports(source, context)
  const { protocol, host, name } = source
  const any = protocol === 'rbd' || protocol === 'gluster'
  if ((host.length === 0 && protocol !== 'rbd') || (host.length > 1 && !any)) {
    context.error({
      code: 'source/host-count',
      message: `A source over ${protocol} needs ${any ? 'at least' : 'exactly'} one server, not ${host.length}.`,
      hint: host.length === 0 ? "Add <host name='…'/>." : 'Keep one <host>.',
      at: source,
      ...(protocol !== 'nfs' && { when: 'start' }),
    })
  }
  if (protocol === 'iscsi') checkIscsiName(source, context)
  if (name === undefined && protocol !== 'nbd') {
    context.error({
      code: 'source/missing-name',
      message: `A source over ${protocol} needs a name.`,
      hint: "Add name='…'.",
      at: source,
    })
  }
  if (protocol === 'rbd' && name !== undefined && !/^[^/]+\/./.test(name)) {
    context.error({
      code: 'source/rbd-name',
      message: 'The name of an rbd source is a pool and an image.',
      hint: "Write name='pool/image'.",
      at: source,
      field: 'name',
    })
  }
  if (source.tlsHostname !== undefined && protocol !== 'nbd') {
    context.error({
      code: 'source/tls-hostname',
      message: 'Only a source over NBD expects a name in the certificate of its server.',
      hint: 'Remove tlsHostname.',
      at: source,
      field: 'tlsHostname',
    })
  }
  if (protocol === 'ssh' && source.identity && source.identity.username === undefined) {
    context.error({
      code: 'source/ssh-identity',
      message: 'Who opens a source over SSH has a name, and none is given.',
      hint: "Add username='…' to <identity>.",
      at: source.identity,
    })
  }
  if (protocol === 'ssh' && source.identity && !source.identity.keyfile && !source.identity.agentsock) {
    context.error({
      code: 'source/ssh-identity',
      message: 'Who opens a source over SSH shows a key, and none is named.',
      hint: "Add keyfile='…' or agentsock='…' to <identity>.",
      at: source.identity,
    })
  }
  if (protocol === 'gluster' && name !== undefined && !/^[^/]+\/./.test(name)) {
    context.error({
      code: 'source/gluster-name',
      message: 'The name of a gluster source is a volume and a path.',
      hint: "Write name='volume/path'.",
      at: source,
      field: 'name',
    })
  }
  if (protocol === 'nfs') checkNfs(source, context)
}

/** Names of users are the host's to resolve. */
function checkNfs({ host, identity }: SourceOf<'network'>, context: Context): void {
  for (const server of host) {
    if (server.port === undefined) continue
    context.error({
      code: 'source/nfs-port',
      message: 'An NFS source is reached by the port that its server tells.',
      hint: 'Remove port.',
      at: server,
      field: 'port',
    })
  }
  for (const field of ['user', 'group'] as const) {
    const name = identity?.[field]
    if (identity === undefined || name === undefined || /^\+?\d+$/.test(name)) continue
    context.error({
      code: 'source/nfs-identity',
      message: `domxml cannot look up the ${field} of an NFS source: names are known on the host only.`,
      hint: `Write its number: ${field}='+1000'.`,
      at: identity,
      field,
      when: 'start',
    })
  }
}

/** Who decrypts an image, wherever the element stands: in its source, or beside it as old definitions have it. */
export function checkEncryption(encryption: Encryption, located: SourceByType, context: Context): void {
  const { engine, format, secret } = encryption
  const refuse = (code: string, message: string, hint: string, field: 'engine' | 'format' | 'secret') =>
    context.error({ code: `source/${code}`, message, hint, at: encryption, field })
  if (engine === 'librbd' && !isRbd(located)) {
    refuse('librbd-engine', 'librbd decrypts images of Ceph only.', "Remove engine='librbd'.", 'engine')
  }
  if (engine !== 'librbd' && (format === 'luks2' || format === 'luks-any')) {
    refuse('luks2-engine', `QEMU itself does not read ${format}.`, "Use format='luks', or engine='librbd'.", 'format')
  }
  if (engine !== 'librbd' && (format === 'qcow' || format === 'default')) {
    refuse('old-encryption', 'QEMU has given up the encryption of qcow images.', "Use format='luks'.", 'format')
  }
  if (engine === 'librbd' && (format === 'qcow' || format === 'default')) {
    refuse('librbd-format', `librbd does not read the encryption ${format}.`, "Use format='luks' or 'luks2'.", 'format')
  }
  if (secret.length > 1 && engine !== 'librbd') {
    refuse('encryption-layers', 'Only librbd takes passphrases of parents.', 'Keep one <secret>.', 'secret')
  }
}
