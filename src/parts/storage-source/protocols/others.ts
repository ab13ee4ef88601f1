import { of, rule } from '../../../argv/piece.ts'
import { Properties } from '../../../argv/properties.ts'
import type { Context } from '../../../context/context.ts'
import { hostFact } from '../../../origin/origin.ts'
import type { Image } from '../image.ts'
import { cutName, hostPort, type NetworkSource, portOf, server } from './server.ts'

/** QEMU: BlockdevOptionsGluster. The name is `volume/path`. */
export function gluster(source: NetworkSource, _image: Image, context: Context): Properties {
  const [volume, path] = cutName(source.name ?? '')
  return new Properties()
    .put('driver', 'gluster', of(source, 'protocol'))
    .put('volume', volume, of(source, 'name'))
    .put('path', path ?? '', of(source, 'name'))
    .put(
      'server',
      source.host.map((it) => server(it, source)),
      of(source, 'host'),
    )
    .put('debug', context.host.config.glusterDebugLevel, hostFact('debug level of gluster'))
}

/** QEMU: BlockdevOptionsSheepdog, gone since 6.1. */
export function sheepdog(source: NetworkSource): Properties {
  return new Properties()
    .put('driver', 'sheepdog', of(source, 'protocol'))
    .put('server', server(source.host[0]!, source), of(source, 'host'))
    .field('vdi', source, 'name')
}

/** QEMU: BlockdevOptionsSsh. */
export function ssh(source: NetworkSource, image: Image): Properties {
  const properties = new Properties()
    .put('driver', 'ssh', of(source, 'protocol'))
    .field('path', source, 'name')
    .put('server', hostPort(source.host[0]!, portOf(source.host[0]!, source)), of(source, 'host'))
  if (image.auth) return properties.field('user', image.auth, 'username')
  return source.identity ? properties.field('user', source.identity, 'username') : properties
}

/** QEMU: BlockdevOptionsNfs. User and group are numbers, written `+107`. */
export function nfs(source: NetworkSource): Properties {
  const host = source.host[0]!
  const properties = new Properties()
    .put('driver', 'nfs', of(source, 'protocol'))
    .put(
      'server',
      new Properties().field('host', host, 'name').put('type', 'inet', rule('storage/server')),
      of(source, 'host'),
    )
    .field('path', source, 'name')
  const { identity } = source
  if (identity === undefined) return properties
  return properties
    .put('user', numberOf(identity.user), of(identity, 'user'))
    .put('group', numberOf(identity.group), of(identity, 'group'))
}

const numberOf = (name: string | undefined) => (name === undefined ? undefined : Number(name.replace(/^\+/, '')))
