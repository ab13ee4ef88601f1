import { describe, expect, test } from 'vitest'
import { guest, lintText, told } from '../testing.ts'

const wrong = "    <dsik type='file'/>\n"
const around = (comment: string) => guest({ devices: `    <!-- ${comment} -->\n${wrong}${wrong}` })

test('without a comment there are two findings', async () => {
  expect(await told(guest({ devices: wrong + wrong }))).toEqual(['6 element/unknown', '7 element/unknown'])
})

describe('a comment disables', () => {
  test.each([
    ['the next line', 'domxml-disable-next-line element/unknown: known', ['8 element/unknown']],
    [
      'several codes',
      'domxml-disable-next-line value/invalid, element/unknown',
      ['8 element/unknown', '6 lint/unused-directive'],
    ],
    ['a room', 'domxml-disable-next-line element/*', ['8 element/unknown']],
    ['the rest of its element', 'domxml-disable element/unknown', []],
    ['the whole file', 'domxml-disable-file element/unknown', []],
  ])('%s', async (_, comment, left) => {
    expect((await told(around(comment))).sort()).toEqual([...left].sort())
  })

  test('the element that follows, with all that is in it', async () => {
    const disk = "    <disk type='file'>\n      <traget/>\n    </disk>\n"
    const comment = '    <!-- domxml-disable-subtree element/unknown: old -->\n'
    const left = await told(guest({ devices: `${comment}${disk}${disk}` }))
    expect(left.filter((it) => it.endsWith('element/unknown'))).toEqual(['11 element/unknown'])
  })

  test('a finding on another line of the start tag that follows', async () => {
    const disk = "    <disk type='file'\n      devcie='disk'><target dev='vda' bus='virtio'/></disk>\n"
    const comment = '    <!-- domxml-disable-next-line attribute/unknown -->\n'
    expect(await told(guest({ devices: disk }))).toContain('7 attribute/unknown')
    expect(await told(guest({ devices: comment + disk }))).not.toContain('8 attribute/unknown')
  })

  test('from before the root, the file', async () => {
    const before = '<?xml version="1.0"?>\n<!-- domxml-disable-file element/unknown: all of it -->\n'
    expect(await told(guest({ before, devices: wrong }))).toEqual([])
  })
})

describe('a comment is itself a finding', () => {
  test.each([
    ['where it disables nothing', 'domxml-disable-file disk/no-such', 'lint/unused-directive'],
    ['where it names no code', 'domxml-disable-next-line', 'lint/directive-without-code'],
    ['where its word is misspelt', 'domxml-disable-nextline element/unknown', 'lint/unknown-directive'],
  ])('%s', async (_, comment, code) => {
    expect(await told(around(comment))).toContain(`6 ${code}`)
  })

  test('where a reason is demanded and there is none', async () => {
    const text = around('domxml-disable element/unknown')
    expect(await told(text, { requireReason: true })).toEqual(['6 lint/missing-reason'])
    expect(await told(around('domxml-disable element/unknown: it is'), { requireReason: true })).toEqual([])
  })
})

test('two hyphens are told, since libvirt refuses them, and read all the same', async () => {
  const { findings, disabled } = await lintText(around('domxml-disable element/unknown -- why'))
  expect(disabled).toBe(2)
  expect(findings).toMatchObject([{ code: 'xml/hyphens-in-comment', level: 'error', fix: { safe: true } }])
})
