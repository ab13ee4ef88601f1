import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'
import { noSecrets, sealWith } from '../../host/secrets.ts'

const chardevs = async (xml: string, options = {}) => {
  const { options: named } = await guest(xml, options)
  return named('-chardev', '-object').filter((line) => !/charmonitor|"id":"masterKey0"|memory-backend/.test(line))
}
const serial = (type: string, inside = '') => `<serial type='${type}'>${inside}</serial>`
const codes = async (xml: string, options = {}) => (await guest(xml, options)).codes

describe('the host side of a device', () => {
  test.each([
    [serial('null'), 'null,id=charserial0'],
    [serial('vc'), 'vc,id=charserial0'],
    [serial('stdio'), 'stdio,id=charserial0'],
    [serial('dev', "<source path='/dev/tty,1'/>"), 'serial,id=charserial0,path=/dev/tty,,1'],
    ["<parallel type='dev'><source path='/dev/lp0'/></parallel>", 'parallel,id=charparallel0,path=/dev/lp0'],
    [serial('pipe', "<source path='/p'/>"), 'pipe,id=charserial0,path=/p'],
    [
      `${serial('spiceport', "<source channel='org.a.b'/>")}<graphics type='spice'/>`,
      'spiceport,id=charserial0,name=org.a.b',
    ],
    [serial('dbus', "<source channel='org.a.b'/>"), 'dbus,id=charserial0,name=org.a.b'],
    [
      serial('tcp', "<source mode='bind' host='::1' service='23'/><protocol type='telnet'/>"),
      'socket,id=charserial0,host=::1,port=23,telnet=on,server=on,wait=off',
    ],
    [
      serial('tcp', "<source host='h' service='9'><reconnect enabled='yes' timeout='4'/></source>"),
      'socket,id=charserial0,host=h,port=9,reconnect=4',
    ],
    [
      serial('udp', "<source mode='connect' host='a' service='1'/><source mode='bind' host='b' service='2'/>"),
      'udp,id=charserial0,host=a,port=1,localaddr=b,localport=2',
    ],
    [serial('unix', "<source mode='bind' path='/s'/>"), 'socket,id=charserial0,path=/s,server=on,wait=off'],
  ])('%s', async (xml, line) => {
    expect(await chardevs(xml)).toEqual([`-chardev ${line}`])
  })

  test('a host without a launcher opens files by their path', async () => {
    const xml = serial('file', "<source path='/out' append='off'/><log file='/log' append='on'/>")
    expect(await chardevs(xml)).toEqual(['-chardev file,id=charserial0,path=/out,append=off,logfile=/log,logappend=on'])
  })

  test('a log without a file is none', async () => {
    const { xml, options } = await guest(serial('pty', "<log append='on'/>"))
    expect(xml).not.toContain('<log')
    expect(options('-chardev').at(-1)).toBe('-chardev pty,id=charserial0')
  })
})

describe('TLS', () => {
  const client = "<source host='h' service='9'/>"
  const server = "<source mode='bind' host='h' service='9'/>"
  const tls = { chardevTLS: true, chardevTLSx509certdir: '/pki' }
  const credentials = (endpoint: string, verify: boolean, rest = '') =>
    `-object {"qom-type":"tls-creds-x509","id":"objcharserial0_tls0","dir":"/pki","endpoint":"${endpoint}","verify-peer":${verify}${rest}}`

  test('follows the driver, unless the device says otherwise', async () => {
    expect(await chardevs(serial('tcp', client), { config: tls })).toEqual([
      credentials('client', true),
      '-chardev socket,id=charserial0,host=h,port=9,tls-creds=objcharserial0_tls0',
    ])
    expect(await chardevs(serial('tcp', server), { config: tls })).toContain(credentials('server', false))
    const off = serial('tcp', "<source host='h' service='9' tls='no'/>")
    expect(await chardevs(off, { config: tls })).toEqual(['-chardev socket,id=charserial0,host=h,port=9'])
    const on = serial('tcp', "<source host='h' service='9' tls='yes'/>")
    expect(await chardevs(on, { config: { ...tls, chardevTLS: false } })).toHaveLength(2)
  })

  test('a key behind a secret', async () => {
    const uuid = '6fd3f62d-9fe7-4a4e-a869-7acd6376d8ea'
    const seal = sealWith({ key: new Uint8Array(32), iv: new Uint8Array(16) })
    const known = { find: () => new Uint8Array([1, 2, 3]), seal }
    const config = { ...tls, chardevTLSx509secretUUID: uuid }
    const lines = await chardevs(serial('tcp', client), { config, host: { secrets: known } })
    expect(lines[0]).toMatch(/^-object {"qom-type":"secret","id":"charserial0-secret0","data":/)
    expect(lines[1]).toBe(credentials('client', true, ',"passwordid":"charserial0-secret0"'))
    expect(await codes(serial('tcp', client), { config, host: { secrets: noSecrets } })).toEqual(['secret/unknown'])
  })
})

describe('what cannot be', () => {
  test.each([
    [serial('file', '<source/>'), 'chardev/missing-path'],
    [serial('unix'), 'chardev/missing-path'],
    [serial('tcp', "<source service='1'/>"), 'chardev/missing-host'],
    [serial('udp', "<source mode='bind' service='1'/>"), 'chardev/missing-service'],
    [serial('dbus'), 'chardev/missing-channel'],
    [serial('spiceport', "<source channel='a/b'/>"), 'chardev/channel-name'],
    [serial('spicevmc'), 'chardev/spicevmc'],
    [serial('nmdm', "<source master='/a' slave='/b'/>"), 'chardev/nmdm'],
    [serial('tcp', "<source host='h' service='1'/><protocol type='telnets'/>"), 'chardev/protocol'],
    [serial('file', "<source path='/a'/><source path='/b'/>"), 'chardev/too-many-sources'],
    [
      serial('unix', "<source mode='bind' path='/s'><reconnect enabled='yes' timeout='3'/></source>"),
      'chardev/reconnect-listening',
    ],
    [serial('unix', "<source path='/s'><reconnect enabled='yes'/></source>"), 'chardev/reconnect-without-timeout'],
  ])('%s', async (xml, code) => {
    expect(await codes(xml)).toEqual([code])
  })
})
