import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDeviceName, parseDeviceName } from './device-name.ts'
import { kernelRules } from './rules.ts'
import { tokenA, tokenB } from './testing.ts'

const name = '0000:03:00.0'
const refused = (rule: keyof typeof kernelRules) => ({ rule: kernelRules[rule] })

test.each([
  [name, undefined],
  [`${name} `, undefined],
  [`${name}    `, undefined],
  [`${name} vf_token=${tokenA}`, tokenA],
  [`${name}   vf_token=${tokenA}   `, tokenA],
  [`${name} vf_token=${tokenA.toUpperCase()}`, tokenA],
])('%s is read', (text, token) => {
  expect(parseDeviceName(text, name)).toEqual({ token })
})

test.each([
  ['0000:03:00.1', 'name/no-match', 'another device'],
  ['', 'name/no-match', 'nothing'],
  ['0000:03:00', 'name/no-match', 'a beginning of the name'],
  [`${name}1`, 'name/no-match', 'something else than a space after the name'],
  [`${name}\tvf_token=${tokenA}`, 'name/no-match', 'a tab after the name'],
  [`${name},vf_token=${tokenA}`, 'name/no-match', 'a comma after the name'],
  [`${name} foo`, 'name/unknown-option', 'an unknown option'],
  [`${name} vf-token=${tokenA}`, 'name/unknown-option', 'a hyphen for the underscore'],
  [`${name} VF_TOKEN=${tokenA}`, 'name/unknown-option', 'upper case'],
  [`${name} vf_token=${tokenA}x`, 'name/unknown-option', 'something right after the token'],
  [`${name} vf_token=${tokenA}\n`, 'name/unknown-option', 'a line break after the token'],
  [`${name} vf_token=${tokenA} vf_token=${tokenA}`, 'name/second-token', 'the same token twice'],
  [`${name} vf_token=${tokenA}vf_token=${tokenB}`, 'name/second-token', 'two tokens without a space'],
  [`${name} vf_token=`, 'name/token-too-short', 'no token'],
  [`${name} vf_token=${tokenA.slice(0, 35)}`, 'name/token-too-short', '35 characters'],
  [`${name} vf_token=${tokenA.replaceAll('-', '')}    `, 'name/token-malformed', 'no hyphens'],
  [`${name} vf_token=${tokenA.replace('6', 'g')}`, 'name/token-malformed', 'a digit that is none'],
  [`${name} vf_token= ${tokenA}`, 'name/token-malformed', 'a space before the token'],
] satisfies [string, keyof typeof kernelRules, string][])('%s is %s: %s', (text, rule, _) => {
  expect(parseDeviceName(text, name)).toEqual(refused(rule))
})

test('a name that is no match answers ENODEV to the caller, an option that is wrong EINVAL', () => {
  expect(kernelRules['name/no-match']).toMatchObject({ outcome: 'no-match', errno: 'ENODEV' })
  for (const rule of ['unknown-option', 'second-token', 'token-too-short', 'token-malformed'] as const) {
    expect(kernelRules[`name/${rule}`]).toMatchObject({ outcome: 'refused', errno: 'EINVAL' })
  }
})

test('what is formatted is read back', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(parseDeviceName(formatDeviceName(name, uuid), name)).toEqual({ token: uuid })
    }),
  )
  expect(formatDeviceName(name)).toBe(name)
  expect(formatDeviceName(name, tokenA)).toBe(`0000:03:00.0 vf_token=${tokenA}`)
})
