import { describe, expect, test } from 'vitest'
import { applyFixes } from '../diagnostic/fix.ts'
import { Origins } from '../origin/origin.ts'
import { readXml } from '../xml/read.ts'
import { element } from './element.ts'
import { child, many, optional, textChild } from './field.ts'
import { parseElement } from './parse.ts'
import { oneOf, yesNo } from './scalar.ts'

const leaf = element('leaf', 'A leaf.', { attributes: { colour: optional(oneOf('green', 'brown')) } })
const tree = element('tree', 'A tree.', {
  attributes: { evergreen: optional(yesNo) },
  children: { leaf: many(leaf), season: textChild(oneOf('summer', 'winter')), root: child(element('root', 'R.', {})) },
})

function mended(text: string): string {
  const fixes: { title: string; edits: []; safe: boolean }[] = []
  parseElement(tree, readXml(text).root!, {
    origins: new Origins(),
    report: ({ fix }) => fix && fixes.push(fix as never),
  })
  return applyFixes(text, fixes).text
}

describe('what was certainly meant is a fix', () => {
  test.each([
    ['a misspelt attribute', "<tree><leaf  color='green'/></tree>", "<tree><leaf  colour='green'/></tree>"],
    ['a misspelt element, at both ends', '<tree><laef >\n</laef ></tree>', '<tree><leaf >\n</leaf ></tree>'],
    ['an empty element', '<tree><roott/></tree>', '<tree><root/></tree>'],
    ['a misspelt value', "<tree><leaf colour='Gren'/></tree>", "<tree><leaf colour='green'/></tree>"],
    ['a misspelt text', '<tree><season>wintr</season></tree>', '<tree><season>winter</season></tree>'],
    ['a word for yes', '<tree evergreen="true"/>', '<tree evergreen="yes"/>'],
  ])('%s', (_, text, right) => {
    expect(mended(text)).toBe(right)
    expect(mended(right)).toBe(right)
  })

  test.each([
    ['the right attribute is there already', "<tree><leaf color='green' colour='brown'/></tree>"],
    ['nothing is near', "<tree><leaf size='9'/><flower/></tree>"],
    ['the value is near to nothing', "<tree><leaf colour='blue'/></tree>"],
  ])('but not where %s', (_, text) => {
    expect(mended(text)).toBe(text)
  })
})
