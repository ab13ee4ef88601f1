import { of, rule } from '../../../argv/piece.ts'
import { Properties } from '../../../argv/properties.ts'
import type { Image } from '../image.ts'
import { authSecretId } from '../secret-object.ts'
import { cutName, hostAndPort, type NetworkSource } from './server.ts'

/** QEMU: BlockdevOptionsIscsi. The name is `iqn` or `iqn/lun`. */
export function iscsi(source: NetworkSource, image: Image): Properties {
  const [target, lun] = cutName(source.name ?? '')
  const properties = new Properties()
    .put('driver', 'iscsi', of(source, 'protocol'))
    .put('portal', hostAndPort(source.host[0]!, source), of(source, 'host'))
    .put('target', target, of(source, 'name'))
    .put('lun', lun === undefined ? 0 : Number(lun), of(source, 'name'))
    .put('transport', 'tcp', rule('storage/iscsi-transport'))
  if (image.auth) {
    properties
      .field('user', image.auth, 'username')
      .put('password-secret', authSecretId(image), of(image.auth, 'secret'))
  }
  const initiator = source.initiator?.iqn[0]
  return initiator ? properties.field('initiator-name', initiator, 'name') : properties
}
