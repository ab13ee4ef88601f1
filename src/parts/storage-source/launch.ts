import { of } from '../../argv/piece.ts'
import { locatedOf, type SourceByType } from '../../fragments/storage-source/element.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

/** A local source must be there before QEMU opens it; what another machine serves is QEMU's to reach. */
export function launchSource(located: SourceByType, readOnly: boolean, what: string, plan: LaunchBuilder): void {
  const need = (path: string | undefined, from: ReturnType<typeof of>) => {
    if (path === undefined) return
    if (readOnly) plan.readable(path, what, from)
    else plan.writable(path, what, from)
  }
  const store = located.source?.dataStore
  if (store !== undefined) launchSource(locatedOf(store), readOnly, `the data of ${what}`, plan)
  switch (located.type) {
    case 'file':
      if (located.source) need(located.source.file, of(located.source, 'file'))
      break
    case 'block':
    case 'vhostvdpa':
      if (located.source) need(located.source.dev, of(located.source, 'dev'))
      break
    case 'dir':
      if (located.source) need(located.source.dir, of(located.source, 'dir'))
      break
    case 'vhostuser':
      if (located.source) need(located.source.path, of(located.source, 'path'))
      break
    default:
      break
  }
}
