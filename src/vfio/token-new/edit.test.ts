import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readXml } from '../../xml/read.ts'
import { extractDomain } from '../preflight/extract.ts'
import { pf, tokenA, tokenB, vf1, vf2 } from '../testing.ts'
import { applyEdits, tokenPlaces } from './edit.ts'
import { familyOf } from './family.ts'

const family = new Set([pf, vf1, vf2])

function edited(text: string, token = tokenA): string {
  const { root, diagnostics } = readXml(text)
  if (root === undefined) throw new Error(diagnostics[0]?.message)
  const places = tokenPlaces(text, root, family, token)
  return applyEdits(
    text,
    places.map(({ edit }) => edit),
  )
}

/** A domain with one host device whose source is as given. */
const domain = (source: string) =>
  `<domain><devices><hostdev mode='subsystem' type='pci'>\n  ${source}\n</hostdev></devices></domain>`

const address = `<address domain='0x0000' bus='0x03' slot='0x10' function='0x0'`

describe('where there is a token', () => {
  test.each([
    [`uuid='${tokenB}'`, `uuid='${tokenA}'`],
    [`  uuid = "${tokenB}" `, `  uuid = "${tokenA}" `],
    [`uuid=''`, `uuid='${tokenA}'`],
    [`uuid='auto'`, `uuid='${tokenA}'`],
    [`uuid='&#x30;0'`, `uuid='${tokenA}'`],
  ])('only its value changes: %s', (before, after) => {
    const whole = (token: string) =>
      domain(`<source>${address}  ><!-- a > b --><vf-token ${token}/></address></source>`)
    expect(edited(whole(before))).toBe(whole(after))
  })
  test('an element without the attribute gets it', () => {
    expect(edited(domain(`<source>${address}><vf-token/></address></source>`))).toBe(
      domain(`<source>${address}><vf-token uuid='${tokenA}'/></address></source>`),
    )
  })
})

describe('where there is none', () => {
  test.each([
    [
      'in one line',
      `<source>${address}/></source>`,
      `<source>${address}><vf-token uuid='${tokenA}'/></address></source>`,
    ],
    [
      'on a line of its own',
      `<source>\n    ${address}/>\n  </source>`,
      `<source>\n    ${address}>\n      <vf-token uuid='${tokenA}'/>\n    </address>\n  </source>`,
    ],
    [
      'a space before the slash',
      `<source>\n    ${address} />\n  </source>`,
      `<source>\n    ${address}>\n      <vf-token uuid='${tokenA}'/>\n    </address>\n  </source>`,
    ],
    [
      'tabs and CRLF',
      `<source>\r\n  \t${address}/>\r\n  </source>`,
      `<source>\r\n  \t${address}>\r\n  \t\t<vf-token uuid='${tokenA}'/>\r\n  \t</address>\r\n  </source>`,
    ],
    [
      'an empty element with both tags',
      `<source>\n    ${address}></address>\n  </source>`,
      `<source>\n    ${address}>\n      <vf-token uuid='${tokenA}'/>\n    </address>\n  </source>`,
    ],
    [
      'a comment on a line of its own',
      `<source>\n    ${address}>\n      <!-- port 1 -->\n    </address>\n  </source>`,
      `<source>\n    ${address}>\n      <vf-token uuid='${tokenA}'/>\n      <!-- port 1 -->\n    </address>\n  </source>`,
    ],
    [
      'a comment in the same line',
      `<source>\n    ${address}><!-- port 1 --></address>\n  </source>`,
      `<source>\n    ${address}><vf-token uuid='${tokenA}'/><!-- port 1 --></address>\n  </source>`,
    ],
  ])('%s', (_, before, after) => {
    expect(edited(domain(before))).toBe(domain(after))
  })
  test('quotes are those of the address', () => {
    const double = address.replaceAll("'", '"')
    expect(edited(domain(`<source>${double}/></source>`))).toContain(`<vf-token uuid="${tokenA}"/>`)
  })
})

describe('what is touched', () => {
  const numbers = (text: string) => `<source><address ${text}/></source>`
  test.each([
    `bus='3' slot='16'`,
    `domain='0' bus='0x3' slot='020' function='0'`,
    `bus='0x03' slot='0x10' function='0x2'`,
    `function='0' slot='0' bus='3' domain='0x0'`,
  ])('the family, however the address is written: %s', (text) => {
    expect(edited(domain(numbers(text)))).toContain(tokenA)
  })
  test.each([
    domain(numbers(`bus='0x04' slot='0x10' function='0x0'`)),
    domain(numbers(`domain='1' bus='0x03' slot='0x10' function='0x0'`)),
    `<domain><devices><hostdev type='usb'>${numbers(`bus='3' device='16'`)}</hostdev></devices></domain>`,
    `<domain><devices><hostdev type='pci'><address type='pci' bus='3' slot='16'/></hostdev></devices></domain>`,
    `<domain><devices><interface type='network'>${numbers(`type='pci' bus='3' slot='16'`)}</interface></devices></domain>`,
    `<domain><!-- ${domain(numbers(`bus='3' slot='16'`))} --><metadata>${numbers(`bus='3' slot='16'`)}</metadata></domain>`,
  ])('nothing else: %s', (text) => {
    expect(edited(text)).toBe(text)
  })
  test('an interface too', () => {
    const source = numbers(`type='pci' bus='0x03' slot='0x10'`)
    expect(edited(`<domain><devices><interface type='hostdev'>${source}</interface></devices></domain>`)).toContain(
      tokenA,
    )
  })
  test('the family is the PF, its VFs, and those that could be', () => {
    const vfs = [vf1, vf2].map((vf) => ({ address: vf, physicalFunction: pf }))
    const sriov = { totalVfs: 3, offset: 128, stride: 2 }
    expect(familyOf([{ address: pf, sriov }, ...vfs], pf)).toEqual(new Set([pf, vf1, vf2, '0000:03:10.4']))
    expect(familyOf([{ address: pf }, ...vfs], pf)).toEqual(new Set([pf, vf1, vf2]))
    expect(familyOf([{ address: pf, sriov }], vf1)).toBeUndefined()
    expect(familyOf([{ address: pf }], pf)).toBeUndefined()
  })
})

test('every function of the family has the token afterwards, and what is not a token is as before', () => {
  const space = fc.constantFrom('', '\n', '\n    ', '\r\n\t', ' ')
  const source = fc.record({
    slot: fc.constantFrom('0x10', '0x11'),
    fn: fc.constantFrom('0x0', '0x2'),
    token: fc.constantFrom('', `<vf-token uuid='${tokenB}'/>`, `<vf-token uuid="x"></vf-token>`),
    self: fc.boolean(),
    comment: fc.constantFrom('', '<!-- <address/> -->', '<?pi "?>'),
    spaces: fc.array(space, { minLength: 4, maxLength: 4 }),
  })
  const strip = (text: string) =>
    text
      .replace(/<vf-token[^>]*?(\/>|><\/vf-token>)/g, '')
      .replace(/\s*\/>|\s*>\s*<\/address>/g, '/>')
      .replace(/\s+/g, '')
  fc.assert(
    fc.property(fc.array(source, { maxLength: 4 }), (sources) => {
      const devices = sources.map(({ slot, fn, token, self, comment, spaces: [a, b, c, d] }) => {
        const open = `<address bus='0x03' slot='${slot}' function='${fn}'${a === '' ? '' : ' '}`
        const inner = self && token === '' ? `${open}/>` : `${open}>${b}${comment}${token}${c}</address>`
        return `${a}<hostdev type='pci'>${a}<source>${d}${inner}${b}</source></hostdev>`
      })
      const text = `<domain><name>é𝄞</name><devices>${devices.join('')}</devices></domain>`
      const after = edited(text)
      const { root } = readXml(after)
      const read = root && extractDomain(root, 'x').domain.devices
      expect(read?.length).toBe(sources.length)
      for (const device of read ?? []) if (family.has(device.address)) expect(device.token).toBe(tokenA)
      expect(strip(after)).toBe(strip(text))
      expect(edited(after)).toBe(after)
    }),
  )
})
