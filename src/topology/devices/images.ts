import { redactedProse } from '../../diagnostic/mask.ts'
import { pciName } from '../../fragments/pci-address.ts'
import type { BackingStore } from '../../fragments/storage-source/backing.ts'
import type { SourceByType, SourceOf, SourceType } from '../../fragments/storage-source/element.ts'
import { type Plan, placeOf } from '../plan.ts'

type Named = { readonly id: string; readonly name: string | undefined; readonly at?: string | undefined }

const file = (path: string | undefined): Named => ({
  id: path ?? '',
  name: path?.slice(path.lastIndexOf('/') + 1),
  at: path?.slice(0, path.lastIndexOf('/') + 1),
})

/** How each kind of source is called. */
const names: { readonly [T in SourceType]: (source: SourceOf<T>) => Named } = {
  file: (source) => file(source.file),
  block: (source) => file(source.dev),
  dir: (source) => file(source.dir),
  network: ({ protocol, name, host }) => {
    const servers = host.map((it) => it.name ?? it.socket ?? '').filter((it) => it !== '')
    return {
      id: `${protocol}://${servers.join(',')}/${name ?? ''}`,
      name: `${protocol}:${name ?? ''}`,
      at: servers.join(', '),
    }
  },
  volume: ({ pool, volume }) => ({ id: `${pool}/${volume}`, name: volume, at: pool && `pool ${pool}` }),
  nvme: ({ address, namespace }) => {
    const name = address === undefined ? 'nvme' : `nvme ${pciName(address)}`
    return { id: `${name}/${namespace}`, name, at: `namespace ${namespace}` }
  },
  vhostuser: ({ path }) => ({ ...file(path), at: 'vhost-user socket' }),
  vhostvdpa: ({ dev }) => ({ ...file(dev), at: 'vhost-vdpa' }),
}

type Chained = {
  readonly by: SourceByType | { readonly type: undefined; readonly source?: undefined }
  readonly format: string | undefined
  readonly below: BackingStore | undefined
}

/** Adds the image of a disk and all below it, each linked to the one above. */
export function addChain(plan: Plan, id: string, top: Chained): void {
  let above = id
  let what = 'opens'
  const seen = new Set<string>()
  for (let at: Chained | undefined = top; at !== undefined; ) {
    const image = addImage(plan, at)
    if (image === undefined || seen.has(image)) return
    seen.add(image)
    plan.link(above, image, what)
    above = image
    what = 'backed by'
    const next: BackingStore | undefined = at.below
    at = next && { by: next, format: next.format?.type, below: next.backingStore }
  }
}

function addImage(plan: Plan, { by, format }: Chained): string | undefined {
  if (by.type === undefined || by.source === undefined) return undefined
  const named = (names[by.type] as (source: object) => Named)(by.source)
  if (named.name === undefined || named.name === '') return undefined
  return plan.outside({
    id: `image:${redactedProse(named.id)}`,
    group: 'image',
    title: named.name,
    facts: [format, named.at],
    place: placeOf(plan.context.origins, by.source),
  })
}
