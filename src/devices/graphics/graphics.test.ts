import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'
import { noSecrets, sealWith, secretsFrom } from '../../host/secrets.ts'

const vncOf = async (xml: string, config = {}) => (await guest(xml, { config })).options('-vnc', '-k')

describe('where a screen listens', () => {
  test('the old attribute is the first <listen>', async () => {
    const { xml } = await guest("<graphics type='vnc' port='5905' listen='1.2.3.4'/>")
    expect(xml).toContain("<graphics type='vnc' port='5905' autoport='no' listen='1.2.3.4'>")
    expect(xml).toContain("<listen type='address' address='1.2.3.4'/>")
  })

  test('the socket attribute wins over every <listen>', async () => {
    const { xml } = await guest("<graphics type='vnc' socket='/tmp/a'><listen type='address'/></graphics>")
    expect(xml).toContain("<graphics type='vnc' socket='/tmp/a'>\n      <listen type='socket' socket='/tmp/a'/>")
    expect(xml).not.toContain('autoport')
  })

  test('a network is asked for its address', async () => {
    const networks = {
      find: (name: string) =>
        name === 'lan'
          ? {
              network: {
                name,
                portGroups: [],
                devices: [],
                addresses: [],
                physicalFunctions: [],
                ipAddresses: ['10.0.0.1'],
              },
              port: {},
            }
          : undefined,
    }
    const screen = (network: string) =>
      guest(`<graphics type='vnc'><listen type='network' network='${network}' address='9.9.9.9'/></graphics>`, {
        host: { networks: networks as never },
      })
    const known = await screen('lan')
    expect(known.options('-vnc')).toEqual(['-vnc 10.0.0.1:0,audiodev=audio1'])
    expect(known.xml).not.toContain('9.9.9.9')
    const unknown = await screen('wan')
    expect(unknown.codes).toEqual(['graphics/network-address'])
    expect(unknown.errors[0]?.path).toMatch(/listen\/@network$/)
  })

  test('the configuration says where, and may say a socket', async () => {
    expect(await vncOf("<graphics type='vnc'/>", { vncListen: '0.0.0.0' })).toEqual(['-vnc 0.0.0.0:0,audiodev=audio1'])
    expect((await vncOf("<graphics type='vnc'/>", { vncAutoUnixSocket: true }))[0]).toMatch(
      /^-vnc vnc=unix:.*vnc\.sock,/,
    )
  })

  test('several places are refused at a start only, since 12.8 at once', async () => {
    const two = "<graphics type='vnc'><listen type='address'/><listen type='socket'/></graphics>"
    const { xml, codes } = await guest(two)
    expect(xml).toBeDefined()
    expect(codes).toEqual(['graphics/several-listens'])
    expect((await guest(two, { release: '12.8' })).xml).toBeUndefined()
  })

  test.each(['vnc', 'spice'])('a place that is left out is that of the attribute (%s)', async (type) => {
    const screen = (place: string) => `<graphics type='${type}' port='5901' listen='192.0.2.7'>${place}</graphics>`
    const { xml, lines } = await guest(screen("<listen type='address'/>"))
    expect(xml).toContain("<listen type='address' address='192.0.2.7'/>")
    expect(lines.filter((line) => line.includes('192.0.2.7'))).toHaveLength(1)
    expect((await guest(screen("<listen type='address' address=''/>"))).codes).toEqual(['graphics/listen-differs'])
  })
})

describe('vnc', () => {
  test('everything that it can be told', async () => {
    const xml = `<graphics type='vnc' port='5910' websocket='-1' keymap='de' sharePolicy='force-shared'
      powerControl='no' passwd='x'/>`
    expect(await vncOf(xml)).toEqual([
      '-vnc 127.0.0.1:10,websocket=5700,share=force-shared,password=on,power-control=off,audiodev=audio1',
      '-k de',
    ])
  })

  test('a password of the configuration counts', async () => {
    expect((await vncOf("<graphics type='vnc'/>", { vncPassword: 'x' }))[0]).toContain(',password=on')
  })

  test('the password is nowhere on the command line', async () => {
    const { lines } = await guest("<graphics type='vnc' passwd='topsecret'/>")
    expect(lines.join('\n')).not.toContain('topsecret')
  })

  test('a port below the first display', async () => {
    expect((await guest("<graphics type='vnc' port='80' autoport='no'/>")).codes).toEqual(['graphics/vnc-port'])
  })

  test('an encrypted key of TLS needs its secret', async () => {
    const config = { vncTLS: true, vncTLSx509secretUUID: '6fd3f62d-9fe7-4a4e-a869-7acd6376d8ea' }
    expect((await guest("<graphics type='vnc'/>", { config, host: { secrets: noSecrets } })).codes).toEqual([
      'secret/unknown',
    ])
    const seal = sealWith({ key: new Uint8Array(32), iv: new Uint8Array(16) })
    const secrets = secretsFrom([{ value: new Uint8Array([1]), uuid: config.vncTLSx509secretUUID }], seal)
    const { lines } = await guest("<graphics type='vnc'/>", { config, host: { secrets } })
    expect(lines.filter((line) => line.includes('vnc-tls-creds0')).length).toBe(3)
  })
})

describe('spice', () => {
  const spiceOf = async (xml: string, config = {}) => (await guest(xml, { config })).options('-spice')

  test('without ports it listens nowhere', async () => {
    const { xml, options } = await guest("<graphics type='spice'/>")
    expect(xml).toContain("<listen type='none'/>")
    expect(options('-spice')).toEqual(['-spice port=0,disable-ticketing=on,seamless-migration=on'])
  })

  test('ports follow from the modes of the channels', async () => {
    const auto = (mode: string) => `<graphics type='spice' autoport='yes' defaultMode='${mode}'/>`
    expect((await spiceOf(auto('insecure'), { spiceTLS: true }))[0]).toMatch(/^-spice port=\d+,addr=/)
    expect((await spiceOf(auto('secure'), { spiceTLS: true }))[0]).toMatch(/^-spice tls-port=\d+,addr=/)
    expect((await spiceOf(auto('any'), { spiceTLS: true }))[0]).toMatch(/^-spice port=\d+,tls-port=\d+,addr=/)
    expect((await guest(auto('secure'))).codes).toEqual(['graphics/spice-tls-disabled'])
  })

  test('a channel has one mode, the last, and the channels stand in an order of their own', async () => {
    const channel = (name: string, mode: string) => `<channel name='${name}' mode='${mode}'/>`
    const written = [
      channel('record', 'insecure'),
      channel('main', 'secure'),
      channel('inputs', 'any'),
      channel('main', 'insecure'),
    ]
    const { xml, options } = await guest(`<graphics type='spice' port='5901'>${written.join('')}</graphics>`)
    expect(xml?.match(/<channel .*/g)).toEqual([channel('main', 'insecure'), channel('record', 'insecure')])
    expect(options('-spice')[0]).toContain('plaintext-channel=main,plaintext-channel=record')
  })

  test('two screens of a guest never share a port', async () => {
    const xml = "<graphics type='vnc' port='5901' autoport='no'/><graphics type='spice' autoport='yes'/>"
    const { options } = await guest(xml, { config: { spiceTLS: true } })
    expect(options('-vnc').map((line) => line.split(',')[0])).toEqual(['-vnc 127.0.0.1:1'])
    expect(options('-spice')[0]).toMatch(/^-spice port=5900,tls-port=5902,/)
  })

  test('a channel of mode any is dropped', async () => {
    const { xml } = await guest(
      "<graphics type='spice' autoport='yes'><channel name='main' mode='any'/><mouse mode='client'/></graphics>",
    )
    expect(xml).not.toContain('<channel')
    expect(xml).toContain("<mouse mode='client'/>")
  })

  test('a render node is chosen for OpenGL', async () => {
    const xml = "<graphics type='spice'><gl enable='yes'/></graphics>"
    const { options } = await guest(xml, { host: { drmRenderNode: '/dev/dri/renderD128' } })
    expect(options('-spice')[0]).toContain('gl=on,rendernode=/dev/dri/renderD128')
  })
})

describe('others', () => {
  test('D-Bus: a bus of its own, another one, or none', async () => {
    const dbus = async (xml: string) => (await guest(xml)).options('-display')
    expect((await dbus("<graphics type='dbus'/>"))[0]).toMatch(/^-display dbus,addr=unix:path=.*guest-dbus\.sock$/)
    expect(await dbus("<graphics type='dbus' address='unix:path=/tmp/b'/>")).toEqual([
      '-display dbus,addr=unix:path=/tmp/b',
    ])
    expect((await guest("<graphics type='dbus' p2p='yes' address='x'/>")).codes).toEqual([
      'graphics/dbus-p2p-and-address',
    ])
    expect(await dbus("<graphics type='dbus' p2p='yes'><audio id='1'/></graphics><audio id='1' type='dbus'/>")).toEqual(
      ['-display dbus,p2p=on,audiodev=audio1'],
    )
  })

  test('other hypervisors', async () => {
    expect((await guest("<graphics type='desktop'/>")).codes).toEqual(['graphics/other-hypervisor'])
  })

  test('what this QEMU lacks', async () => {
    expect((await guest("<graphics type='dbus'/>", { qemu: '6.0.0' })).codes).toEqual(['graphics/dbus-unsupported'])
    expect((await guest("<graphics type='vnc' powerControl='yes'/>", { qemu: '5.0.0' })).codes).toEqual([
      'graphics/power-control-unsupported',
    ])
  })
})

test.each([
  ["<graphics type='vnc' passwd='123456789'/>", ['graphics/vnc-password']],
  ["<graphics type='vnc' passwd='ääääa'/>", ['graphics/vnc-password']],
  ["<graphics type='vnc' passwd='12345678'/>", []],
  ["<graphics type='spice' passwd='123456789'/>", []],
  [
    "<graphics type='vnc' listen='0.0.0.0'><listen type='address' address='127.0.0.1'/></graphics>",
    ['graphics/listen-differs'],
  ],
  ["<graphics type='vnc' socket='/a'><listen type='socket' socket='/b'/></graphics>", ['graphics/listen-differs']],
  ["<graphics type='vnc' listen='127.0.0.1'><listen type='address'/></graphics>", []],
  ["<graphics type='vnc'/><graphics type='vnc'/>", ['graphics/several-of-a-type']],
  ["<graphics type='vnc'/><graphics type='spice'/>", []],
  ["<graphics type='dbus'><audio id='1'/></graphics><audio id='1' type='none'/>", ['graphics/dbus-audio']],
  ["<audio id='1' type='spice'/>", ['audio/spice-without-screen']],
])('a screen: %s', async (xml, codes) => {
  expect((await guest(xml)).codes).toEqual(codes)
})

test('VNC remembers since 11.10 that the guest waits for a client', async () => {
  const xml = "<graphics type='vnc' wait='yes'/>"
  expect((await guest(xml, { release: '11.10' })).xml).toContain(" wait='yes'>")
  const older = await guest(xml, { release: '11.3' })
  expect(older.conversion.diagnostics).toContainEqual(expect.objectContaining({ code: 'attribute/newer' }))
  expect(older.xml).not.toContain('wait=')
})

test('autoport of SPICE is yes or no; of VNC any other word was no until 12.8', async () => {
  const codesOf = async (type: string, release: '11.3') =>
    (await guest(`<graphics type='${type}' autoport='on'/>`, { release })).codes
  expect(await codesOf('spice', '11.3')).toContain('value/invalid')
  expect(await codesOf('vnc', '11.3')).not.toContain('value/invalid')
})

test('a port that another screen has is not chosen', async () => {
  const spice = async (vnc: string) => {
    const { options } = await guest(`<graphics type='vnc' ${vnc}/><graphics type='spice' autoport='yes'/>`)
    return /port=\d+/.exec(options('-spice')[0] ?? '')?.[0]
  }
  expect(await spice("port='5901' autoport='no'")).toBe('port=5900')
  expect(await spice("port='5900' autoport='no'")).toBe('port=5901')
})

test('a screen on a socket has no ports, its websocket included', async () => {
  const { xml } = await guest("<graphics type='vnc' websocket='5700'><listen type='socket' socket='/s'/></graphics>")
  expect(xml).not.toContain('websocket=')
})

// Each as libvirt 12.8 answers it.
test('waiting for a first client is said of TCP alone, after the ports', async () => {
  const first = async (screen: string) =>
    /<graphics[^>]*>/.exec((await guest(screen, { release: '12.8', qemu: '11.1', native: true })).xml ?? '')?.[0]
  const ports = "port='5901' autoport='no' websocket='5777'"
  expect(await first(`<graphics type='vnc' ${ports} keymap='de' wait='no'/>`)).toBe(
    `<graphics type='vnc' ${ports} wait='no' keymap='de'>`,
  )
  expect(await first("<graphics type='vnc' wait='no' socket='/x'/>")).toBe("<graphics type='vnc' socket='/x'>")
})

test('D-Bus names a render node that is given even where nothing is drawn on it', async () => {
  const screen = (type: string) => `<graphics type='${type}'><gl enable='no' rendernode='/dev/dri/r'/></graphics>`
  const { options } = await guest(screen('dbus'), { qemu: '10.0', native: true, release: '11.3' })
  expect(options('-display').join()).toContain('gl=off,rendernode=/dev/dri/r')
})

test.each([
  ["<listen type='address'/>", true],
  ["<listen type='socket' socket='/s'/>", false],
  ["<listen type='none'/>", false],
])('a websocket whose port was chosen at a start shows where there are ports: %s', async (listen, isShown) => {
  const { xml } = await guest(`<graphics type='vnc' websocketGenerated='yes'>${listen}</graphics>`)
  expect(xml?.includes("websocket='-1'")).toBe(isShown)
})
