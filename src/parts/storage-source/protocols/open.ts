import type { Properties } from '../../../argv/properties.ts'
import type { Context } from '../../../context/context.ts'
import type { Protocol } from '../../../fragments/storage-source/network.ts'
import type { Image } from '../image.ts'
import { curl } from './curl.ts'
import { iscsi } from './iscsi.ts'
import { nbd, vxhs } from './nbd.ts'
import { gluster, nfs, sheepdog, ssh } from './others.ts'
import { rbd } from './rbd.ts'
import type { NetworkSource } from './server.ts'

type Opener = (source: NetworkSource, image: Image, context: Context) => Properties

/** How QEMU opens each protocol. */
const openers: { readonly [P in Protocol]: Opener } = {
  nbd,
  rbd,
  sheepdog,
  gluster,
  iscsi,
  http: curl,
  https: curl,
  ftp: curl,
  ftps: curl,
  tftp: curl,
  ssh,
  vxhs,
  nfs,
}

export function networkStorage(source: NetworkSource, image: Image, context: Context): Properties {
  return openers[source.protocol](source, image, context)
}
