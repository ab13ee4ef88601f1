import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Element } from '../../src/codec/description.ts'
import { parseElement } from '../../src/codec/parse.ts'
import type { Since } from '../../src/codec/scalar.ts'
import { domain } from '../../src/definition.ts'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { Origins } from '../../src/origin/origin.ts'
import { newestRelease } from '../../src/release/choose.ts'
import { readXml } from '../../src/xml/read.ts'
import { datedParts, documentWith, rankOf } from './dated.ts'

/** What came after libvirt 10.1, by formatdomain and the schemas of 12.8: `SINCE PATH`. Only grows. */
const listed = readFileSync(new URL('dated.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [since = '', path = ''] = line.split(' ')
    return [path, since as Since] as const
  })

test('what is dated is what is listed', () => {
  const found = datedParts(domain as unknown as Element<object>)
  expect(found.map(({ since, path }) => `${since} ${path}`).sort()).toEqual(
    listed.map(([path, since]) => `${since} ${path}`).sort(),
  )
})

/** What a reader that has everything before a date says of the part: findings at its place. */
function findingsAt(path: string, knows: (since: Since) => boolean): Diagnostic[] {
  const { text, place } = documentWith(path)
  const diagnostics: Diagnostic[] = []
  parseElement(domain, readXml(text).root!, {
    origins: new Origins(),
    report: (found) => diagnostics.push(found),
    vocabulary: { reader: 'libvirt', knows },
  })
  return diagnostics.filter((found) => found.path === place)
}

describe('of a release before', () => {
  test.each(listed)('%s (%s)', (path, since) => {
    const isValue = path.includes('=') && !path.endsWith(']') && !/\][^=]*$/.test(path)
    const kind = isValue ? 'value' : path.includes('/@') ? 'attribute' : 'element'
    const older = findingsAt(path, (date) => rankOf(date) < rankOf(since))
    // A feature that libvirt does not know is refused, too.
    const isRefused = isValue || /^\/domain\/features\/(hyperv\/)?\w+$/.test(path)
    const found = older.find(({ code }) => code === (isRefused && !isValue ? 'features/unknown' : `${kind}/newer`))
    expect(found?.severity).toBe(isRefused ? 'error' : 'warning')
    expect(found?.message).toContain(since)
    const now = findingsAt(path, (date) => rankOf(date) <= newestRelease.rank)
    expect(now.filter(({ code }) => /newer$|unknown$/.test(code))).toEqual([])
  })
})
