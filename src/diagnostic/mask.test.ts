import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { masked, maskedJson, redacted } from './mask.ts'

const secret = 'Zq9Secret7'
const uuid = '9a4b1d2e-0c3f-4e55-8a61-7b2d9e0f1c23'

describe('what looks like a secret is hidden', () => {
  test.each([
    `<vf-token uuid='${uuid}'/>`,
    `<vftoken uuid="${uuid}">`,
    `<vf-tokn uuid='${uuid}'/>`,
    `<vf-token uuid='${uuid}>\n<next/>`,
    `<vf-token uuid=${uuid}/>`,
    `<vf-token>${uuid}</vf-token>`,
    `<vf-token\n uuid='${uuid}'`,
    `<address vf-token='${uuid}'/>`,
    `<graphics type='vnc' passwd='${secret}' port='1'/>`,
    `<graphics passwd='${secret} port=1/>`,
    `<graphics password="${secret}"/>`,
    `<graphics pasword="${secret}"/>`,
    `<graphics passwd = '${secret}'/>`,
    `<secret type='passphrase'>${secret}</secret>`,
    `<cookie name='a'>\n  ${secret}\n</cookie>`,
    `<qemu:arg value='secret,id=s0,data=${secret}'/>`,
    `<qemu:arg value='{"qom-type":"secret","data":"${secret}"}'/>`,
    `<qemu:arg value="{&quot;data&quot;:&quot;${secret}&quot;}"/>`,
    `<qemu:env name='A' value='TOKEN=${secret}'/>`,
    `<source name='http://u:${secret}@host/x'/>`,
    `<source query='a=1&amp;token=${secret}&amp;b=2'/>`,
  ])('%s', (text) => {
    const shown = masked(text)
    expect(shown).not.toContain(secret)
    expect(shown).not.toContain(uuid)
    expect(shown).toHaveLength(text.length)
    expect(redacted(text)).not.toContain(secret)
  })
})

test.each([
  "<disk type='file'><source file='/secret/token.img'/></disk>",
  "<graphics passwdValidTo='2030-01-01T00:00:00'/>",
  "<secret type='passphrase' uuid='9a4b1d2e-0c3f-4e55-8a61-7b2d9e0f1c23'/>",
  '-object {"qom-type":"tls-creds","password-secret":"sec0"}',
  '-vnc 127.0.0.1:0,password=on',
  "<source socket='/run/x.sock' mode='connect'/>",
])('nothing else is: %s', (text) => {
  expect(masked(text)).toBe(text)
})

test('a known secret is hidden without the white space around it', () => {
  expect(masked('<a>\n  pw\n</a>', [{ start: 3, end: 9 }])).toBe('<a>\n  **\n</a>')
})

describe('JSON of a host', () => {
  test.each([
    [`{"value": "${secret}"}`, '{"value": "**********"}'],
    [`{"valu:": "${secret}", "n": 1.5, "t": true}`, '{"valu:": "**********", "n": 1.5, "t": true}'],
    [`  "iv": "${secret}`, '  "iv": "**********'],
    [`{"value": "${secret}":  }`, '{"value": "**********":  }'],
    [`{"value" "${secret}": 1, "b":\n2}`, '{"*****" "**********": 1, "b":\n2}'],
    [`{"a: ${secret}", "b": "${secret}"}`, '{"** **********", "b": "**********"}'],
    [`{"${secret}{": 1, "${secret},": 2}`, '{"***********": 1, "***********": 2}'],
  ])('%s', (text, shown) => {
    expect(maskedJson(text)).toBe(shown)
  })

  test('broken as it may be, a planted value never shows', () => {
    const piece = fc.constantFrom('"', '{', '}', ':', ',', '\\', ' ', '\n', '1', 'true', `"${secret}"`, secret)
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        const shown = maskedJson(text)
        expect(shown).toHaveLength(text.length)
        // A string before a colon is a key, whatever it holds.
        if (!/Zq9Secret7[^,{}]*:/.test(text)) expect(shown).not.toContain(secret)
      }),
    )
  })
})
