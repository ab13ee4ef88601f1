import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

/** As libvirt 11.3 and 12.8 answered, with qemu-rdp at hand. */
const host = { helpers: { 'qemu-rdp': '/usr/bin/qemu-rdp' } }
const bus = "<graphics type='dbus'/>"
const rdp = async (attributes: string, release: '11.3' | '12.8' = '12.8', children = '') => {
  const answer = await guest(`${bus}<graphics type='rdp' ${attributes}>${children}</graphics>`, { host, release })
  return { ...answer, shown: /<graphics type='rdp'[^>]*>/.exec(answer.xml ?? '')?.[0] }
}

test('QEMU is told nothing of it', async () => {
  const without = await guest(bus, { host, release: '12.8' })
  const { codes, lines } = await rdp("port='3390' username='u' passwd='p'")
  expect(codes).toEqual([])
  expect(lines).toEqual(without.lines)
})

test.each([
  ['', "port='0' autoport='yes'", "port='0' autoport='yes'"],
  ["port='-1'", "port='0' autoport='yes'", "port='0' autoport='yes'"],
  ["port='0'", undefined, "port='0' autoport='yes'"],
  ["autoport='no'", "port='0' autoport='yes'", undefined],
  ["port='-1' autoport='no'", "port='0' autoport='yes'", "port='-1'"],
  ["port='3390' autoport='yes'", "port='0' autoport='yes'", "port='0' autoport='yes'"],
  ["port='99999'", "port='99999'", "port='99999'"],
])('the port of "%s"', async (given, old, now) => {
  const shown = (it: string | undefined) => `<graphics type='rdp'${it === undefined ? '' : ` ${it}`}>`
  expect((await rdp(given, '11.3')).shown).toBe(shown(old))
  expect((await rdp(given, '12.8')).shown).toBe(shown(now))
})

describe('a password', () => {
  test('comes with a name and with what becomes of clients', async () => {
    const { shown } = await rdp("port='1' passwd='p' username='u' listen='1.2.3.4' connected='fail'")
    expect(shown).toBe("<graphics type='rdp' port='1' listen='1.2.3.4' username='u' passwd='p' connected='fail'>")
  })

  test('is what they count with', async () => {
    const { shown } = await rdp("port='1' username='u' connected='keep' passwdValidTo='2030-01-31T12:00:00'")
    expect(shown).toBe("<graphics type='rdp' port='1'>")
    const vnc = await guest("<graphics type='vnc' connected='keep' passwdValidTo='2030-01-31T12:00:00'/>")
    expect(vnc.xml).not.toMatch(/connected|passwdValidTo/)
  })

  test('does not end by itself', async () => {
    expect((await rdp("passwd='p' passwdValidTo='2030-01-31T12:00:00'")).codes).toEqual(['graphics/rdp-password-end'])
  })
})

describe('what it needs', () => {
  const alone = (release: '10.1' | '11.3' | '12.8', of: object = host, devices = "<graphics type='rdp'/>") =>
    guest(devices, { host: of, release })

  test('a release that has it', async () => {
    const { errors } = await alone('10.1', host, `${bus}<graphics type='rdp'/>`)
    expect(errors.map(({ code }) => code)).toEqual(['value/newer'])
    expect(errors[0]?.message).toContain('11.1')
  })

  test('a bus, at a start first, then at a definition', async () => {
    for (const devices of ["<graphics type='rdp'/>", "<graphics type='dbus' p2p='yes'/><graphics type='rdp'/>"]) {
      expect((await alone('11.3', host, devices)).errors).toMatchObject([
        { code: 'graphics/rdp-without-dbus', when: 'start' },
      ])
      expect((await alone('12.8', host, devices)).errors).toMatchObject([
        { code: 'graphics/rdp-without-dbus', when: 'define' },
      ])
    }
  })

  test('the program', async () => {
    const devices = `${bus}<graphics type='rdp'/>`
    expect((await alone('12.8', { helpers: {} }, devices)).codes).toEqual(['graphics/rdp-unsupported'])
    const unknown = await alone('12.8', {}, devices)
    expect(unknown.codes).toEqual(['host/unknown'])
    expect(unknown.errors[0]?.message).toContain('qemu-rdp')
  })
})

test('it listens at one place, on TCP', async () => {
  const two = "<listen type='address'/><listen type='address' address='1.2.3.4'/>"
  expect((await rdp('', '11.3', two)).errors).toMatchObject([{ code: 'graphics/several-listens', when: 'start' }])
  expect((await rdp('', '12.8', two)).errors).toMatchObject([{ code: 'graphics/several-listens', when: 'define' }])
  for (const type of ['none', 'socket']) {
    expect((await rdp('', '12.8', `<listen type='${type}'/>`)).codes).toEqual(['graphics/rdp-listen'])
  }
  expect((await rdp('', '12.8', "<listen type='network' network='default' address='1.2.3.4'/>")).xml).toContain(
    "<listen type='network' network='default'/>",
  )
})

test.each(['multiUser', 'replaceUser'])("%s is another hypervisor's", async (name) => {
  expect((await rdp(`${name}='yes'`, '11.3')).codes).toEqual(['graphics/rdp-switch'])
  expect((await rdp(`${name}='no'`, '11.3')).shown).toBe("<graphics type='rdp' port='0' autoport='yes'>")
  expect((await rdp(`${name}='no'`, '12.8')).codes).toEqual(['graphics/rdp-switch'])
})

test('a port beyond those of TCP is refused at a start', async () => {
  expect((await guest("<graphics type='vnc' port='99999'/>")).errors).toMatchObject([
    { code: 'graphics/vnc-port', when: 'start' },
  ])
})
