import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from '@commander-js/extra-typings'
import { Ajv } from 'ajv'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tokenA, tokenB } from '../../vfio/testing.ts'
import type { Terminal } from '../terminal.ts'
import { registerHost } from './host.ts'
import { registerVfio } from './vfio.ts'

const examples = new URL('../../../examples/vfio/', import.meta.url).pathname
const pf = '0000:03:00.0'
const names = ['db', 'dns', 'mail', 'router', 'web'] as const
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'domxml-vfio-'))
  cpSync(examples, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = (name: string) => join(folder, name)
const fleet = () => names.map((name) => file(`${name}.xml`))
const read = (name: string) => readFileSync(file(name), 'utf8')

async function domxml(...args: string[]) {
  let out = ''
  let error = ''
  let status = 0
  const terminal: Terminal = {
    out: (text) => {
      out += text
    },
    error: (text) => {
      error += text
    },
    colourOut: false,
    colourError: false,
    end: (code) => {
      status = Math.max(status, code)
    },
  }
  const program = new Command('domxml').exitOverride().configureOutput({ writeErr: () => {} })
  registerVfio(program, terminal, () => tokenB)
  registerHost(program, terminal)
  await program.parseAsync(args, { from: 'user' })
  return { out, error, status, json: (): unknown => JSON.parse(out) }
}

const vfio = (command: string, ...args: string[]) =>
  domxml('vfio', ...command.split(' '), ...args, '--host', file('host.json'))

const schema = (name: string) => {
  const text = readFileSync(new URL(`../../../schemas/${name}.schema.json`, import.meta.url), 'utf8')
  return new Ajv({ strict: false }).compile(JSON.parse(text))
}

/** Every UUID that stands as a token in the given text. */
const tokensIn = (text: string) => [...text.matchAll(/vf-token uuid=["']([^"']+)/g)].map(([, token]) => token ?? '')

describe('the story of the example', () => {
  test('the fleet fails, gets a token, and works', async () => {
    const before = await vfio('check', ...fleet())
    expect(before.status).toBe(1)
    expect(before.out).toContain('web (')
    expect(before.out).toMatch(/mail\.xml:\d+:\d+: error: .*\[vfio\/token-differs\]/)
    expect(before.out).toContain('kernel log: vfio-pci 0000:03:10.2: Incorrect VF token provided for device')
    expect(before.out).toContain('kernel answers: EACCES (Permission denied)')
    expect((await vfio('plan', ...fleet())).out).toContain('No order works')

    const written = await vfio('token new', ...fleet(), '--pf', pf, '--in-place')
    expect(written).toMatchObject({ status: 0, error: '' })

    const after = await vfio('check', ...fleet())
    expect(after.status).toBe(0)
    expect(after.out).not.toContain('error')
    const plan = await vfio('plan', ...fleet())
    expect(plan.out).toMatch(/^Start them in this order:\n1\. router/)
    for (const name of names) expect(tokensIn(read(`${name}.xml`))).toEqual([tokenB])
  })

  test('no token is printed by any of them', async () => {
    const secrets = fleet().flatMap((path) => tokensIn(readFileSync(path, 'utf8')))
    expect(secrets.length).toBeGreaterThan(2)
    for (const format of ['text', 'json']) {
      for (const command of ['check', 'plan']) {
        const { out, error } = await vfio(command, ...fleet(), '--format', format)
        for (const secret of secrets) expect(out + error).not.toContain(secret)
      }
      const { out, error } = await vfio('token new', ...fleet(), '--pf', pf, '--in-place', '--format', format)
      for (const secret of [...secrets, tokenB]) expect(out + error).not.toContain(secret)
      expect(out).toContain('***')
    }
  })
})

describe('check and plan', () => {
  test.each([
    ['check', ['router', 'db', 'dns', 'mail', 'web']],
    ['plan', ['router', 'web', 'db', 'dns', 'mail']],
  ])('%s prints JSON of its schema', async (command, order) => {
    const { json, status } = await vfio(command, ...fleet(), '--format', 'json')
    const validate = schema('vfio-report')
    expect(validate(json()), JSON.stringify(validate.errors)).toBe(true)
    expect(json()).toMatchObject({ command, works: false, order })
    expect(status).toBe(1)
  })
  test('a device in JSON', async () => {
    const { json } = await vfio('check', file('mail.xml'), file('router.xml'), '--format', 'json')
    expect(json()).toMatchObject({
      domains: [
        { name: 'router', starts: true },
        {
          name: 'mail',
          starts: false,
          devices: [
            {
              address: '0000:03:10.2',
              role: 'vf',
              physicalFunction: pf,
              token: true,
              opens: false,
              rule: 'vf/token-incorrect',
              errno: 'EACCES',
              line: 14,
              column: 9,
            },
          ],
        },
      ],
    })
  })
  test('the order given', async () => {
    const { out, status } = await vfio('check', file('web.xml'), file('router.xml'), '--order', 'web,router')
    expect(status).toBe(1)
    expect(out).toContain('vfio/pf-opens-later')
    const half = await vfio('check', file('web.xml'), file('router.xml'), '--order', 'router')
    expect(half.status).toBe(0)
    await expect(vfio('check', file('web.xml'), '--order', 'nobody')).rejects.toThrow('"nobody"')
    await expect(vfio('check', file('web.xml'), '--order', 'web,web')).rejects.toThrow('twice')
  })
  test('PF drivers outside', async () => {
    const key = file('key')
    writeFileSync(key, `${tokensIn(read('web.xml'))[0]?.toUpperCase()}\n`, { mode: 0o600 })
    expect((await vfio('check', file('web.xml'), '--pf', `${pf}=@${key}`)).status).toBe(0)
    expect((await vfio('check', file('db.xml'), '--pf', '03:00.0=kernel')).status).toBe(0)
    expect((await vfio('check', file('web.xml'), '--pf', `${pf}=kernel`)).out).toContain('vfio/token-unwanted')
    chmodSync(key, 0o644)
    const { out, status } = await vfio('check', file('web.xml'), '--pf', `${pf}=@${key}`)
    expect(status).toBe(0)
    expect(out).toContain('[vfio/token-file-readable]')
  })
  test.each([
    [`${pf}=${tokenA}`, 'kernel, or by @FILE'],
    [pf, 'kernel, or by @FILE'],
    ['nowhere=kernel', 'not a PCI address'],
    [`${pf}=@/nonexistent`, 'cannot be read'],
  ])('--pf %s is wrong usage', async (option, message) => {
    const failure = await vfio('check', file('web.xml'), '--pf', option).catch((error: Error) => error.message)
    expect(failure).toContain(message)
    expect(failure).not.toContain(tokenA)
  })
  test('a file that holds no token, and a PF told twice, are wrong usage', async () => {
    writeFileSync(file('key'), 'sesame')
    await expect(vfio('check', file('web.xml'), '--pf', `${pf}=@${file('key')}`)).rejects.toThrow(
      'does not hold a token',
    )
    const twice = ['--pf', `${pf}=kernel`, '--pf', '03:00.0=kernel']
    await expect(vfio('check', file('web.xml'), ...twice)).rejects.toThrow('twice')
  })
  test('what cannot be read is told, all of it, and nothing is simulated', async () => {
    writeFileSync(file('web.xml'), read('web.xml').replace(/uuid='b4[^']*'/, "uuid='auto'"))
    writeFileSync(file('db.xml'), '<domain><name>db</domain>')
    writeFileSync(file('dns.xml'), '<network/>')
    const { out, status } = await vfio('check', ...fleet())
    expect(status).toBe(1)
    expect(out).toContain('[hostdev/vf-token-auto]')
    expect(out).toContain('[domain/wrong-root]')
    expect(out).toMatch(/db\.xml:1:\d+: error/)
    expect(out).not.toContain('starts')
    const { json } = await vfio('check', ...fleet(), '--format', 'json')
    expect(json()).toMatchObject({ works: false, domains: [] })
  })
  test('a bad host file', async () => {
    writeFileSync(file('host.json'), '{"pci": 1}')
    await expect(vfio('check', file('web.xml'))).rejects.toThrow('[host/')
    await expect(domxml('vfio', 'check', file('web.xml'), '--host', '/nonexistent')).rejects.toThrow('cannot be read')
  })
})

describe('token new', () => {
  const neutral = (text: string) =>
    text
      .replace(/\s*<vf-token[^>]*\/>\s*/g, '')
      .replace(/\s*<\/address>/g, '')
      .replace(/(<address [^>]*?)\/?>/g, '$1>')
  test('everything else stays, to the byte', async () => {
    const before = fleet().map((path) => readFileSync(path, 'utf8'))
    await vfio('token new', ...fleet(), '--pf', pf, '--in-place')
    const after = fleet().map((path) => readFileSync(path, 'utf8'))
    after.forEach((text, index) => {
      expect(text).not.toBe(before[index])
      expect(neutral(text)).toBe(neutral(before[index] ?? ''))
    })
    expect(after[3]).toBe(before[3]?.replace(/(?<=uuid=')[^']*(?='\/>)/, tokenB))
    expect(readdirSync(folder).sort()).toEqual(readdirSync(examples).sort())
  })
  test('one file to standard output, the file untouched', async () => {
    const before = read('db.xml')
    const { out, error, status } = await vfio('token new', file('db.xml'), '--pf', pf)
    expect(status).toBe(0)
    expect(tokensIn(out)).toEqual([tokenB])
    expect(error).toContain('0000:03:10.4: token *** added')
    expect(read('db.xml')).toBe(before)
  })
  test('JSON of its schema', async () => {
    const { json } = await vfio('token new', file('db.xml'), file('web.xml'), '--pf', pf, '--format', 'json')
    const validate = schema('vfio-token-report')
    expect(validate(json()), JSON.stringify(validate.errors)).toBe(true)
    expect(json()).toMatchObject({
      physicalFunction: pf,
      token: '***',
      written: false,
      files: [
        { functions: [{ address: '0000:03:10.4', replaced: false, line: 14, column: 9 }] },
        { functions: [{ address: '0000:03:10.0', replaced: true }] },
      ],
    })
    expect(tokensIn(read('db.xml'))).toEqual([])
  })
  test('with one bad file none is written', async () => {
    const before = fleet().map((path) => readFileSync(path, 'utf8'))
    for (const bad of ['<domain>', '<network/>', read('web.xml').replace("slot='0x10'", "slot='0x99'")]) {
      writeFileSync(file('bad.xml'), bad)
      const { status, error } = await vfio('token new', ...fleet(), file('bad.xml'), '--pf', pf, '--in-place')
      expect(status).toBe(1)
      expect(error).toContain('bad.xml')
      expect(fleet().map((path) => readFileSync(path, 'utf8'))).toEqual(before)
    }
  })
  test('a file that is not UTF-8 is bad', async () => {
    const text = `<?xml version='1.0' encoding='iso-8859-1'?>\n${read('web.xml').replace('Given', 'Gegeben für')}`
    writeFileSync(file('web.xml'), text, 'latin1')
    const { status, error } = await vfio('token new', file('web.xml'), '--pf', pf, '--in-place')
    expect(status).toBe(1)
    expect(error).toContain('[vfio/not-utf-8]')
  })
  test('a byte order mark, a link and the mode stay', async () => {
    writeFileSync(file('web.xml'), `\ufeff${read('web.xml')}`)
    chmodSync(file('web.xml'), 0o640)
    symlinkSync('web.xml', file('link.xml'))
    expect((await vfio('token new', file('link.xml'), '--pf', pf, '--in-place')).status).toBe(0)
    expect(read('web.xml').charCodeAt(0)).toBe(0xfeff)
    expect(tokensIn(read('web.xml'))).toEqual([tokenB])
    expect(statSync(file('web.xml')).mode & 0o777).toBe(0o640)
    expect(statSync(file('link.xml')).ino).toBe(statSync(file('web.xml')).ino)
  })
  test('what an earlier run began is undone first, and told', async () => {
    const files = [{ target: realpathSync(file('web.xml')), before: '', after: '' }]
    writeFileSync(file('.domxml-journal'), JSON.stringify({ state: 'writing', process: 2 ** 30, files }), {
      mode: 0o600,
    })
    writeFileSync(file('.web.xml.domxml-new'), tokenA)
    const { error, status } = await vfio('token new', file('web.xml'), '--pf', pf, '--in-place')
    expect(error).toContain('an earlier run was interrupted, and is undone now')
    expect(status).toBe(0)
    expect(existsSync(file('.web.xml.domxml-new'))).toBe(false)
  })
  test('a token that cannot be read is replaced', async () => {
    writeFileSync(file('web.xml'), read('web.xml').replace(/uuid='[0-9a-f-]*'\/>/, "uuid='auto'/>"))
    expect((await vfio('token new', file('web.xml'), '--pf', pf, '--in-place')).status).toBe(0)
    expect(tokensIn(read('web.xml'))).toEqual([tokenB])
  })
  test('a file without a function of the PF stays; none at all is an error', async () => {
    writeFileSync(file('other.xml'), '<domain><name>other</name></domain>')
    const { out } = await vfio('token new', file('web.xml'), file('other.xml'), '--pf', pf, '--in-place')
    expect(out).toContain('other.xml: no function of')
    expect(read('other.xml')).toBe('<domain><name>other</name></domain>')
    const nothing = await vfio('token new', file('other.xml'), '--pf', pf, '--in-place')
    expect(nothing).toMatchObject({ status: 1, out: '' })
    expect(nothing.error).toContain('[vfio/no-function-of-pf]')
  })
  test('a PF that the host does not have', async () => {
    const { status, error } = await vfio('token new', file('web.xml'), '--pf', '0000:03:10.0', '--in-place')
    expect(status).toBe(1)
    expect(error).toContain('[vfio/pf-not-on-host]')
  })
  test('wrong usage', async () => {
    await expect(vfio('token new', file('web.xml'), file('db.xml'), '--pf', pf)).rejects.toThrow('--in-place')
    await expect(vfio('token new', '-', '--pf', pf, '--in-place')).rejects.toThrow('standard input')
    symlinkSync('web.xml', file('link.xml'))
    const twice = vfio('token new', file('web.xml'), file('link.xml'), '--pf', pf, '--in-place')
    await expect(twice).rejects.toThrow('given twice')
    await expect(vfio('token new', file('web.xml'))).rejects.toThrow('--pf')
  })
})

describe('host record', () => {
  test('writes a host file that check reads', async () => {
    const { out, status } = await domxml('host', 'record')
    expect(status).toBe(0)
    expect(JSON.parse(out)).toHaveProperty('pci')
    await domxml('host', 'record', '-o', file('recorded.json'))
    const { error } = await domxml('vfio', 'check', file('web.xml'), '--host', file('recorded.json'))
    expect(error).toBe('')
  })
  test('another root, and what is missing there', async () => {
    const { error, out } = await domxml('host', 'record', '--root', folder)
    expect(error).toContain('[host/no-pci]')
    expect(JSON.parse(out)).toMatchObject({ pci: [] })
  })
})
