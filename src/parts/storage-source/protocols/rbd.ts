import { of, rule } from '../../../argv/piece.ts'
import { Properties } from '../../../argv/properties.ts'
import type { Encryption } from '../../../fragments/storage-source/secret.ts'
import type { Image } from '../image.ts'
import { authSecretId, encryptionSecretId } from '../image-secrets.ts'
import { cutName, hostPort, type NetworkSource } from './server.ts'

/** QEMU: BlockdevOptionsRbd. The name is `pool/image`. */
export function rbd(source: NetworkSource, image: Image): Properties {
  const [pool, name] = cutName(source.name ?? '')
  const { auth, encryption } = image
  const properties = new Properties()
    .put('driver', 'rbd', of(source, 'protocol'))
    .put('pool', pool, of(source, 'name'))
    .put('image', name ?? '', of(source, 'name'))
  if (source.snapshot) properties.field('snapshot', source.snapshot, 'name')
  if (source.config) properties.field('conf', source.config, 'file')
  if (source.host.length > 0) {
    properties.put(
      'server',
      // Port 0 leaves it to the client of the cluster.
      source.host.map((it) => hostPort(it, it.port ?? 0)),
      of(source, 'host'),
    )
  }
  if (encryption?.engine === 'librbd' && encryption.secret.length > 0) {
    properties.put('encrypt', layers(encryption, image, 0), of(encryption, 'format'))
  }
  if (auth) {
    properties
      .field('user', auth, 'username')
      .put('auth-client-required', ['cephx', 'none'], rule('storage/ceph-auth'))
      .put('key-secret', authSecretId(image), of(auth, 'secret'))
  }
  return properties
}

/** One secret a layer: the image's own first, then those of its parents. */
function layers(encryption: Encryption, image: Image, index: number): Properties {
  const properties = new Properties()
    .field('format', encryption, 'format')
    .put('key-secret', encryptionSecretId(image, index), of(encryption, 'secret'))
  if (index + 1 < encryption.secret.length) {
    properties.put('parent', layers(encryption, image, index + 1), of(encryption, 'secret'))
  }
  return properties
}
