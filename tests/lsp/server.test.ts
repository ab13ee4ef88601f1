import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Hover } from 'vscode-languageserver-protocol/node'
import { domxml, fileWith } from '../cli/run.ts'
import { Client } from './client.ts'

const guest = (devices: string, sections = '') => `<domain type='qemu'>
  <name>g</name>
  <memory unit='KiB'>1048576</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  ${sections}
  <devices>
    ${devices}
  </devices>
</domain>
`

const labels = (items: readonly { label: string }[]) => items.map(({ label }) => label)
const codes = (found: readonly { code?: unknown }[]) => found.map(({ code }) => code)

/** Notes (what is assumed of the host) are no problems. */
const problems = async () => (await client.diagnostics()).filter(({ severity }) => severity !== 3)

const markdown = (hover: Hover | null) => (hover?.contents as { value: string } | undefined)?.value

let client: Client
beforeAll(async () => {
  domxml(['--version'])
  client = await Client.start({ qemu: '8.0' })
}, 90_000)
afterAll(async () => {
  expect(await client.stop()).toBe(0)
})

describe('findings', () => {
  test('stand where the mistake is, with the mend as a quick fix', async () => {
    await client.write(
      guest("<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><driver cahce='none'/></disk>"),
    )
    const [found] = await problems()
    expect(found).toMatchObject({ code: 'attribute/unknown', source: 'domxml', severity: 2 })
    expect(found?.range.start.line).toBe(9)
    const fix = (await client.actions(found)).find(({ kind }) => kind === 'quickfix')
    expect(client.applied(client.editsOf(fix))).toContain("<driver cache='none'/>")
    await client.write(client.applied(client.editsOf(fix)))
    expect(await problems()).toEqual([])
  })

  test('follow every keystroke, through documents that are no XML', async () => {
    const at = await client.write(guest('|'))
    expect(codes(await problems())).toEqual([])
    let { character } = at
    for (const typed of ['<', 'r', 'ng', " model='virtio'", '>', "<backend model='builtin'/>", '</rng']) {
      await client.type({ line: at.line, character }, typed)
      character += typed.length
      const found = await problems()
      expect(found.length, typed).toBeGreaterThan(0)
      expect(found.every(({ range }) => range.start.line >= 0 && range.end.line <= 12)).toBe(true)
    }
    await client.type({ line: at.line, character }, '>')
    expect(await problems()).toEqual([])
  })

  test('only the last of many changes is told', async () => {
    for (let count = 0; count < 50; count++) await client.write(guest(`<rng model='virtio${count}'/>`))
    await client.write(guest(''))
    expect(await problems()).toEqual([])
  })
})

describe('half-typed documents', () => {
  test.each([
    '',
    '<',
    '<domain',
    "<domain type='",
    '<domain><devices><',
    '<domain></devices>',
    '<!-- ',
    '<<<>>>',
    '\u0000',
  ])('%j is answered', async (text) => {
    const end = await client.write(`${text}|`)
    expect((await client.diagnostics()).length).toBeGreaterThan(0)
    await client.complete(end)
    await client.hover(end)
    expect(await client.definition(end)).toEqual([])
    await client.symbols()
    expect(await client.format()).toEqual([])
  })
})

describe('completion', () => {
  test('an empty document begins with the domain', async () => {
    expect(labels(await client.complete(await client.write('<|')))).toEqual(['domain'])
  })

  test('elements that fit and are not there yet', async () => {
    const found = labels(await client.complete(await client.write(guest('<|'))))
    expect(found).toContain('disk')
    expect(found).toContain('hostdev')
    const inDisk = labels(
      await client.complete(await client.write(guest("<disk type='file'><target dev='vda'/><|</disk>"))),
    )
    expect(inDisk).toContain('source')
    expect(inDisk).not.toContain('target')
  })

  test('attributes of the variant that the type chooses', async () => {
    const file = labels(await client.complete(await client.write(guest("<disk type='file'><source |/></disk>"))))
    expect(file).toContain('file')
    expect(file).not.toContain('protocol')
    const network = labels(await client.complete(await client.write(guest("<disk type='network'><source |/></disk>"))))
    expect(network).toContain('protocol')
  })

  test('values: of a closed list, of this QEMU, of this document', async () => {
    const bus = await client.complete(await client.write(guest("<disk type='file'><target bus='|'/></disk>")))
    expect(labels(bus)).toContain('virtio')
    const machine = await client.complete(
      await client.write("<domain type='kvm'><os><type machine='|'>hvm</type></os></domain>"),
    )
    expect(labels(machine)).toContain('pc-q35-8.0')
    expect(labels(machine)).not.toContain('pc-q35-9.0')
    const thread = guest("<disk type='file'><driver iothread='|'/></disk>", '<iothreads>2</iothreads>')
    expect(labels(await client.complete(await client.write(thread)))).toEqual(['1', '2'])
  })

  test('what is chosen makes a document again', async () => {
    const at = await client.write(guest('<rn|'))
    const rng = (await client.complete(at)).find(({ label }) => label === 'rng')
    const edited = client.applied(rng?.textEdit ? [rng.textEdit as never] : [])
    expect(edited).toContain("<rng model='virtio'>")
  })

  test('the end tag of what is open', async () => {
    expect(labels(await client.complete(await client.write('<domain><devices></|')))).toEqual(['devices>'])
  })
})

describe('hover', () => {
  test('tells the description, the default, and what this QEMU has', async () => {
    const token = `<hostdev type='pci'><source><address bus='3'><vf-to|ken uuid='c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'/></address></source></hostdev>`
    const hover = await client.hover(await client.write(guest(token)))
    const text = markdown(hover)
    expect(text).toContain('`<vf-token>`')
    expect(text).toContain('`vfio-pci.vf-token`; 8.0.0 **does not have it**')
    const attribute = await client.hover(await client.write(guest("<disk dev|ice='cdrom'/>")))
    expect(markdown(attribute)).toContain('Default: `disk`')
  })

  test('never shows a secret', async () => {
    const hover = await client.hover(await client.write(guest("<graphics type='vnc' passwd='s3cr|et'/>")))
    expect(JSON.stringify(hover)).not.toContain('s3cret')
  })
})

describe('definitions', () => {
  test.each([
    [
      'an address',
      "<controller type='pci' index='1' model='pcie-root-port'/>",
      "<rng model='virtio'><address type='pci' bus='0x0|1'/></rng>",
      '',
      9,
    ],
    [
      'a drive',
      "<controller type='scsi' index='0'/>",
      "<disk><target dev='sda' bus='scsi'/><address type='drive' controller='|0'/></disk>",
      '',
      9,
    ],
    ['an I/O thread', '', "<disk><driver iothread='|4'/></disk>", "<iothreadids><iothread id='4'/></iothreadids>", 7],
    [
      'a cell',
      '',
      "<memory model='dimm'><target><node>|1</node></target></memory>",
      "<cpu><numa><cell memory='1'/><cell memory='1'/></numa></cpu>",
      7,
    ],
    [
      'an alias',
      "<interface type='user'><alias name='ua-net'/></interface>",
      "<interface type='user'><teaming persistent='ua-n|et'/></interface>",
      '',
      9,
    ],
  ])('of %s', async (_, first, second, sections, line) => {
    const found = await client.definition(await client.write(guest(`${first}\n${second}`, sections)))
    expect(found.map(({ range }) => range.start.line)).toEqual([line - (first === '' && line === 9 ? 1 : 0)])
  })
})

test('symbols name devices by what they are called', async () => {
  await client.write(guest("<disk type='file'><target dev='vda' bus='virtio'/></disk>"))
  const [domain] = await client.symbols()
  expect(domain?.name).toBe('domain g')
  const devices = domain?.children?.find(({ name }) => name === 'devices')
  expect(devices?.children?.map(({ name, detail }) => [name, detail])).toEqual([['disk vda', 'file, virtio']])
})

describe('formatting', () => {
  test('is what `domxml format --as-is` prints', async () => {
    const text = guest('<rng model="virtio"><backend model="random">/dev/urandom</backend></rng>')
    await client.write(text)
    const printed = domxml(['format', '--as-is', '-'], text).stdout
    expect(client.applied(await client.format())).toBe(printed)
    await client.write(printed)
    expect(await client.format()).toEqual([])
  })

  test('loses nothing: with a comment only white space changes', async () => {
    const text = guest("<!-- mine --><rng model='virtio'>\n<backend model='builtin'/></rng><own/>")
    await client.write(text)
    const after = client.applied(await client.format())
    expect(after.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
    expect(after).toContain(
      "    <!-- mine -->\n    <rng model='virtio'>\n      <backend model='builtin'/>\n    </rng>\n    <own/>",
    )
  })

  test('completing is an action of the whole document', async () => {
    const text = guest('')
    await client.write(text)
    const complete = (await client.actions()).find(({ kind }) => kind === 'source.complete')
    const uuid = /<uuid>.*<\/uuid>/
    const printed = domxml(['format', '--qemu', '8.0', '-'], text).stdout
    expect(client.applied(client.editsOf(complete)).replace(uuid, '')).toBe(printed.replace(uuid, ''))
  })
})

describe('settings', () => {
  test('name QEMU and libvirt', async () => {
    const other = await Client.start({ qemu: '8.1', libvirt: '10.1', format: 'complete' })
    const token = `<hostdev type='pci'><source><address bus='3'><vf-to|ken/></address></source></hostdev>`
    const hover = await other.hover(await other.write(guest(token)))
    expect(JSON.stringify(hover)).toContain('8.1.0 has it')
    await other.write(guest(''))
    expect(other.applied(await other.format())).toContain('<emulator>')
    expect(await other.stop()).toBe(0)
  })

  test('that cannot be used are told once, and the rest works', async () => {
    const host = fileWith('{', 'host.json')
    const other = await Client.start({ host })
    await other.write(guest("<rng model='virtoi'/>"))
    expect((await other.diagnostics()).length).toBeGreaterThan(0)
    await other.write(guest("<rng model='virtiu'/>"))
    expect((await other.diagnostics()).length).toBeGreaterThan(0)
    await other.format()
    await other.format()
    expect(other.messages.length).toBe(1)
    expect(other.messages[0]).toContain('host.json')
    expect(await other.stop()).toBe(0)
  })
})

describe('the project', () => {
  const misspelt = "<rng model='virtio'><backend model='builtin'/><own/></rng>"

  test('its configuration chooses QEMU, levels and files; comments disable findings', async () => {
    const file = fileWith("qemu: '8.1'\nrules:\n  element/unknown: error\nignore: [other.xml]\n", 'domxml.yaml')
    const other = await Client.start({}, dirname(file))
    await other.write(guest(misspelt))
    const shown = (await other.diagnostics()).filter(({ code }) => code === 'element/unknown')
    expect(shown.map(({ severity }) => severity)).toEqual([1])
    await other.write(guest(`<!-- domxml-disable-next-line element/unknown: ours -->\n${misspelt}`))
    expect(codes(await other.diagnostics())).not.toContain('element/unknown')
    const token = `<hostdev type='pci'><source><address bus='3'><vf-to|ken/></address></source></hostdev>`
    expect(markdown(await other.hover(await other.write(guest(token))))).toContain('8.1.0 has it')
    expect(await other.stop()).toBe(0)
  })

  test('a configuration that is wrong is told, and findings go on', async () => {
    const other = await Client.start({}, dirname(fileWith('rules: 5\n', 'domxml.yaml')))
    await other.write(guest(misspelt))
    expect(codes(await other.diagnostics())).toContain('element/unknown')
    expect(other.messages.join()).toContain('domxml.yaml')
    expect(await other.stop()).toBe(0)
  })
})

test('a device alone is checked as one, other XML is left in peace', async () => {
  await client.write("<rng model='virtio'><backend model='bultin'/></rng>")
  expect(codes(await problems())).toContain('value/invalid')
  await client.write('<network><name>n</name></network>')
  expect(await client.diagnostics()).toEqual([])
})

test('a huge document is answered', async () => {
  const disks = Array.from(
    { length: 4000 },
    (_, n) => `<disk type='file'><source file='/v/${n}'/><target dev='vd${n}' bus='virtio'/></disk>`,
  )
  const at = await client.write(guest(`${disks.join('\n')}\n<|`))
  expect((await client.diagnostics()).length).toBeGreaterThan(0)
  expect(labels(await client.complete(at))).toContain('disk')
  expect((await client.symbols())[0]?.children?.at(-1)?.children?.length).toBeGreaterThan(3999)
}, 30_000)
