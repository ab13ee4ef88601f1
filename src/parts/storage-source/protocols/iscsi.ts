import { of, rule } from '../../../argv/piece.ts'
import { Properties } from '../../../argv/properties.ts'
import type { NetworkHost } from '../../../fragments/storage-source/network.ts'
import type { Auth } from '../../../fragments/storage-source/secret.ts'
import type { Image } from '../image.ts'
import { authSecretId } from '../image-secrets.ts'
import { cutName, joined, type NetworkSource } from './server.ts'

/** What a LUN of an iSCSI server is, of a disk or a host device. */
export interface IscsiSource {
  readonly name: string | undefined
  readonly host: readonly NetworkHost[]
  readonly initiator: { readonly iqn: readonly { readonly name: string | undefined }[] } | undefined
}

/** The LUN that a name ends in, 0 where it names none; undefined where it is no number of 32 bits. */
export function lunOf(name: string): number | undefined {
  const [, lun] = cutName(name)
  if (lun === undefined) return 0
  const value = /^[+-]?\d{1,10}$/.test(lun) ? Number(lun) : Number.NaN
  // As libvirt reads it, a negative number counts from the end.
  return Math.abs(value) <= 0xffffffff ? value >>> 0 : undefined
}

/** A name that says a LUN: one without means LUN 0. */
export const withLun = (name: string): string => (name.includes('/') ? name : `${name}/0`)

/** QEMU: BlockdevOptionsIscsi. The name is `iqn` or `iqn/lun`; a host device without a port has none (oracle: 11.3, 12.8). */
export function iscsiProperties(
  source: IscsiSource,
  login: { readonly auth: Auth; readonly secretId: string } | undefined,
): Properties {
  const name = source.name ?? ''
  const [target] = cutName(name)
  const [server] = source.host
  const properties = new Properties()
    .put('driver', 'iscsi', rule('storage/iscsi'))
    .put('portal', joined(server?.name ?? '', server?.port ?? 0), of(source, 'host'))
    .put('target', target, of(source, 'name'))
    .put('lun', lunOf(name), of(source, 'name'))
    .put('transport', 'tcp', rule('storage/iscsi-transport'))
  if (login) {
    properties.field('user', login.auth, 'username').put('password-secret', login.secretId, of(login.auth, 'secret'))
  }
  const initiator = source.initiator?.iqn[0]
  return initiator ? properties.field('initiator-name', initiator, 'name') : properties
}

export function iscsi(source: NetworkSource, image: Image): Properties {
  return iscsiProperties(source, image.auth && { auth: image.auth, secretId: authSecretId(image) })
}
