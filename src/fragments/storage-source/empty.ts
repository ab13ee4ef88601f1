import type { SourceByType } from './element.ts'

/** True where nothing is named: a drive without a medium. */
export function isEmpty(located: SourceByType): boolean {
  switch (located.type) {
    case 'file':
      return located.source?.file === undefined
    case 'block':
      return located.source?.dev === undefined
    case 'dir':
      return located.source?.dir === undefined
    case 'volume':
      return located.source?.volume === undefined
    default:
      return located.source === undefined
  }
}
