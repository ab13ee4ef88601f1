import { type ReleaseChange, releaseChanges } from '../../pipeline/release-changes.ts'
import { usableRelease } from '../circumstances.ts'
import { jsonText } from '../json-text.ts'
import { UsageError } from '../status.ts'

const words: { readonly [K in ReleaseChange['kind']]: string } = {
  element: 'new element',
  attribute: 'new attribute',
  value: 'new value',
  'rule-begins': 'rule begins',
  'rule-ends': 'rule ends',
}

/** What `libvirt diff` prints. */
export function changesText(from: string, to: string, json: boolean): string {
  const [older, newer] = [usableRelease(from).release, usableRelease(to).release]
  if (older.rank > newer.rank) throw new UsageError(`${from} is newer than ${to}: the older release stands first`)
  const changes = releaseChanges(older, newer)
  if (json) return jsonText({ from: String(older), to: String(newer), changes })
  return changes.map(line).join('')
}

function line({ release, kind, what, doc }: ReleaseChange): string {
  return `${release.padEnd(6)} ${words[kind].padEnd(13)} ${what}${doc === undefined ? '' : `  (${doc})`}\n`
}
