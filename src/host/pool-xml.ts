import type { XmlElement } from '../xml/tree.ts'
import type { PoolFacts } from './pools.ts'
import type { XmlReader } from './xml-reader.ts'

/**
 * Reads libvirt's XML of a storage pool (source: libvirt's formatstorage page).
 * Raises `host/bad-xml`; the result is of use only where nothing was raised.
 * @param active whether the pool runs, which its XML does not say
 */
export function readPool(root: XmlElement, active: boolean, reader: XmlReader): PoolFacts {
  const source = reader.child(root, 'source')
  const auth = reader.child(source, 'auth')
  const secret = reader.child(auth, 'secret')
  return {
    name: reader.text(root, 'name') ?? reader.text(source, 'name') ?? '',
    type: reader.required(root, 'type'),
    active,
    hosts: reader.children(source, 'host').map((host) => ({
      name: reader.required(host, 'name'),
      port: reader.number(host, 'port'),
    })),
    sourceName: reader.text(source, 'name'),
    sourceDirectory: reader.attribute(reader.child(source, 'dir'), 'path'),
    devices: reader.children(source, 'device').map((device) => reader.required(device, 'path')),
    initiator: reader.attribute(reader.child(reader.child(source, 'initiator'), 'iqn'), 'name'),
    auth: auth && {
      type: reader.required(auth, 'type'),
      username: reader.required(auth, 'username'),
      secret: secret && { uuid: reader.attribute(secret, 'uuid'), usage: reader.attribute(secret, 'usage') },
    },
    protocolVersion: reader.attribute(reader.child(source, 'protocol'), 'ver'),
    targetPath: reader.text(reader.child(root, 'target'), 'path'),
  }
}
