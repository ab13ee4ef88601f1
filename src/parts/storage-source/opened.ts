import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { rule } from '../../argv/piece.ts'
import type { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { FdSet } from '../../context/fd-set.ts'
import { asked } from '../../host/asked.ts'
import { fdGroupOf } from '../../host/host.ts'
import { emitFdSet } from '../fd-set.ts'
import { sealSecret } from '../sealed-secret.ts'
import { secretObject } from '../secret-object.ts'
import { formatLayer } from './format-layer.ts'
import { type Image, isBareSlice, isBareStorage, storageNode } from './image.ts'
import { authSecret, cookieSecretId, encryptionSecrets } from './image-secrets.ts'
import { throughNbdkit } from './nbdkit.ts'
import { cookieText, hasCookies } from './protocols/curl.ts'
import { reservationObject } from './reservations.ts'
import { sliceLayer } from './slice-layer.ts'
import { sourceProperties, storageLayer } from './storage.ts'
import { tlsObjects } from './tls.ts'

/** All that QEMU is told of one image, in the order of the command line. */
export interface OpenedImage {
  readonly objects: readonly Properties[]
  readonly fds: FdSet | undefined
  readonly layers: readonly Properties[]
  /** What the storage layer says of the source alone, for `-drive`. */
  readonly storage: Properties
}

/** @param backing see `formatLayer` */
export function openImage(image: Image, backing: string | null | undefined, context: Context): OpenedImage {
  const store = image.dataStore && openImage(image.dataStore, undefined, context)
  const fds = descriptorsOf(image, context)
  const bare = isBareSlice(image)
  const slice = sliceLayer(image, bare)
  const layers = [storageLayer(image, context, fds)]
  if (slice) layers.push(slice)
  if (!bare && !isBareStorage(image)) layers.push(formatLayer(image, backing))
  return {
    objects: [...(store?.objects ?? []), ...objectsOf(image, context)],
    fds,
    layers: [...(store?.layers ?? []), ...layers],
    storage: sourceProperties(image, context, fds),
  }
}

function objectsOf(image: Image, context: Context): Properties[] {
  const outside = throughNbdkit(image.located, context)
  const objects: (Properties | undefined)[] = [reservationObject(image)]
  if (!outside) objects.push(authSecret(image, context), cookies(image, context))
  objects.push(...encryptionSecrets(image, context), ...tlsObjects(image, context))
  return objects.filter((it) => it !== undefined)
}

function cookies(image: Image, context: Context): Properties | undefined {
  const { located } = image
  if (located.type !== 'network' || !located.source || !hasCookies(located.source)) return undefined
  const { source } = located
  const sealed = sealSecret(cookieText(source), source, context)
  return secretObject(cookieSecretId(image), sealed, rule('storage/cookies'))
}

/** Descriptors under which the source is opened: the user's own group, or a device that the launcher opens. */
function descriptorsOf(image: Image, context: Context): FdSet | undefined {
  const { located } = image
  const node = storageNode(image)
  if (located.type === 'file' && located.source?.fdgroup !== undefined) {
    const { fdgroup } = located.source
    const known = fdGroupOf(context.host, fdgroup)
    const { standing, value: group } = context.ask(asked.fdGroup(fdgroup), known, {
      at: located.source,
      field: 'fdgroup',
    })
    if (standing === 'unknown') return undefined
    if (group !== undefined) return context.fdSets.add(group.map((fd, index) => ({ fd, opaque: `${node}${index}` })))
    context.error({
      code: 'source/unknown-fdgroup',
      message: `No group of descriptors is called ${located.source.fdgroup}.`,
      hint: 'Groups are handed over before the start: name them in the host file.',
      at: located.source,
      field: 'fdgroup',
      when: 'start',
    })
  }
  if (located.type === 'vhostvdpa' && located.source) {
    const fd = context.host.resources.vdpa(located.source.dev)
    return fd === undefined ? undefined : context.fdSets.add([{ fd, opaque: `${node}-vdpa` }])
  }
  return undefined
}

export function emitImage({ objects, fds, layers }: OpenedImage, out: CommandLineBuilder): void {
  for (const object of objects) out.object(object)
  emitFdSet(fds, out)
  for (const layer of layers) out.json('-blockdev', layer)
}
