import { rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import type { SourceByType } from '../../fragments/storage-source/element.ts'
import type { Protocol } from '../../fragments/storage-source/network.ts'
import { hostFact } from '../../origin/origin.ts'
import { type Image, storageNode } from './image.ts'

/** nbdkit's plugin for each protocol that it may serve in QEMU's stead. */
const plugins: { readonly [P in Protocol]?: string } = {
  http: 'curl',
  https: 'curl',
  ftp: 'curl',
  ftps: 'curl',
  tftp: 'curl',
  ssh: 'ssh',
}

/** True where the host serves the source through nbdkit: QEMU then sees a local NBD server and no credentials. */
export function throughNbdkit(located: SourceByType, { host }: Context): boolean {
  if (located.type !== 'network' || !located.source || !host.config.storageUseNbdkit) return false
  const plugin = plugins[located.source.protocol]
  return plugin !== undefined && host.nbdkit?.includes(plugin) === true
}

/** The NBD server that the host starts for one image. */
export function nbdkitStorage(image: Image, context: Context): Properties {
  const path = `${domainDirectory(context)}/nbdkit-${storageNode(image)}.socket`
  const from = hostFact('nbdkit')
  return new Properties()
    .put('driver', 'nbd', from)
    .put('server', new Properties().put('type', 'unix', from).put('path', path, rule('storage/nbdkit-socket')), from)
}
