import type { Claim } from '../../context/claim.ts'
import { locatedOf, type Source } from '../../fragments/storage-source/element.ts'
import type { Disk } from './element.ts'

/** Two guests that write to one image destroy it, unless their file system is made for that. */
export function* diskClaims({ device, readonly, shareable, source, transient }: Disk): Iterable<Claim> {
  const isRead = device === 'cdrom' || readonly || shareable || transient !== undefined
  if (isRead || source === undefined) return
  if (source.dataStore) yield* imageClaim(locatedOf(source.dataStore).source)
  yield* imageClaim(source)
}

function* imageClaim(source: Source | undefined): Iterable<Claim> {
  if (source === undefined) return
  const [field, path] =
    'file' in source ? (['file', source.file] as const) : 'dev' in source ? (['dev', source.dev] as const) : []
  if (field === undefined || path === undefined) return
  const hint = 'Give each guest an image of its own; write <readonly/> or <shareable/> where it is meant to be shared.'
  yield { code: 'fleet/image', key: path, what: `The image ${path}`, hint, at: source, field }
}
