import { expect, test } from 'vitest'
import { Release } from '../release/release.ts'
import { releaseChanges } from './release-changes.ts'

const between = (from: `${number}.${number}`, to: `${number}.${number}`) =>
  releaseChanges(Release.of(from), Release.of(to))

test('elements, attributes, values and rules are listed with their release, oldest first', () => {
  const all = between('10.1', '12.8')
  const has = (release: string, kind: string, what: string) =>
    expect(all).toContainEqual(expect.objectContaining({ release, kind, what }))
  has('10.6', 'element', '/domain/devices/pstore')
  has('10.2', 'attribute', '/domain/devices/memory/target/@dynamicMemslots')
  has('10.5', 'value', '/domain/launchSecurity/@type=sev-snp')
  has('11.3', 'rule-begins', 'disk: disk/sheepdog')
  has('11.3', 'rule-ends', 'firmware: firmware/format')
  const ranks = all.map(({ release }) => Release.of(release).rank)
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
})

test('what the older release has already is no change, what the newer brings is', () => {
  const releases = new Set(between('10.5', '10.7').map(({ release }) => release))
  expect([...releases]).toEqual(['10.6', '10.7'])
  expect(between('11.3', '11.3')).toEqual([])
})
