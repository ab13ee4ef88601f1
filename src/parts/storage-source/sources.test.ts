import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'
import { sealWith, secretsFrom } from '../../host/secrets.ts'

const disk = (type: string, source: string, format = 'raw') =>
  `<disk type='${type}' device='disk'><driver name='qemu' type='${format}'/>${source}<target dev='vda' bus='virtio'/></disk>`

async function storage(type: string, source: string, host = {}) {
  const { options, codes } = await guest(disk(type, source), { host })
  expect(codes).toEqual([])
  return JSON.parse(options('-blockdev')[0]!.slice('-blockdev '.length))
}

const network = (protocol: string, name: string, inner: string) =>
  `<source protocol='${protocol}' name='${name}'>${inner}</source>`

describe('network sources', () => {
  test('a URL escapes what a path cannot hold, brackets IPv6 and keeps the query', async () => {
    const { url } = await storage('network', network('https', 'a b/ä#1.iso', "<host name='2001:db8::1'/>"))
    expect(url).toBe('https://[2001:db8::1]:443/a%20b/%C3%A4%231.iso')
    const source = `<source protocol='http' name='/a' query='x=1&amp;y=2'><host name='h' port='8080'/></source>`
    expect((await storage('network', source)).url).toBe('http://h:8080/a?x=1&y=2')
  })

  test('iSCSI: an IPv6 portal is bracketed, the LUN is 0 where the name has none', async () => {
    const found = await storage('network', network('iscsi', 'iqn.a:b', "<host name='::1'/>"))
    expect([found.portal, found.target, found.lun]).toEqual(['[::1]:3260', 'iqn.a:b', 0])
  })

  test('rbd: servers are optional, ports stay with the client', async () => {
    expect(await storage('network', network('rbd', 'pool/a', ''))).not.toHaveProperty('server')
    const { server } = await storage('network', network('rbd', 'pool/a', "<host name='h'/>"))
    expect(server).toEqual([{ host: 'h', port: '0' }])
  })

  test('NFS takes numbers of users; names are refused, as only the host can look them up', async () => {
    const nfs = (user: string) => network('nfs', '/a', `<host name='h'/><identity user='${user}' group='+7'/>`)
    expect(await storage('network', nfs('+5'))).toMatchObject({ user: 5, group: 7 })
    expect((await guest(disk('network', nfs('root')))).codes).toEqual(['source/nfs-identity'])
  })

  test.each([
    ['nbd without a server', network('nbd', 'a', ''), 'source/host-count'],
    ['iSCSI with two', network('iscsi', 'iqn/1', "<host name='a'/><host name='b'/>"), 'source/host-count'],
    ['gluster without a path', network('gluster', 'volume', "<host name='a'/>"), 'source/gluster-name'],
    ['a socket without its transport', network('nbd', 'a', "<host socket='/s'/>"), 'source/host-with-socket'],
    ['iSCSI with a path for a LUN', network('iscsi', 'iqn/a.iso', "<host name='a'/>"), 'source/iscsi-lun'],
    ['iSCSI with a LUN beyond 32 bits', network('iscsi', 'iqn/4294967296', "<host name='a'/>"), 'source/iscsi-lun'],
    ['a server without a name', network('nbd', 'a', '<host/>'), 'source/host-without-name'],
    ['a source without a protocol', "<source name='a'><host name='h'/></source>", 'source/missing-protocol'],
  ])('%s is refused', async (_what, source, code) => {
    expect((await guest(disk('network', source))).codes).toEqual([code])
  })
})

describe('images below another', () => {
  const below = (backing: string) =>
    guest(
      `<disk type='file'><driver name='qemu' type='qcow2'/><source file='/a'/>${backing}<target dev='vda' bus='virtio'/></disk>`,
    )
  const raw = "<format type='raw'/>"
  test.each([
    ["<backingStore type='file'/>", ['source/backing-without-format', 'source/backing-without-source']],
    [`<backingStore type='file'>${raw}</backingStore>`, ['source/backing-without-source']],
    [`<backingStore type='file'>${raw}<source/></backingStore>`, ['source/empty']],
    [`<backingStore type='volume'>${raw}<source pool='p' volume='v'/></backingStore>`, ['source/disk-only']],
    [`<backingStore type='network'>${raw}<source protocol='nbd'/></backingStore>`, ['source/host-count']],
  ])('%s', async (backing, codes) => {
    expect((await below(backing)).codes).toEqual(codes)
  })
})

describe('secrets', () => {
  const uuid = '0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f'
  const locked = `<source file='/a'><encryption format='luks'><secret type='passphrase' uuid='${uuid}'/></encryption></source>`
  const known = [{ uuid, value: new Uint8Array([1]) }]
  const seal = sealWith({ key: new Uint8Array(32), iv: new Uint8Array(16) })

  test('are sealed, and named by the layer that needs them', async () => {
    const { options } = await guest(disk('file', locked), { host: { secrets: secretsFrom(known, seal) } })
    const [secret] = options('-object').filter((line) => line.includes('encryption-secret0'))
    expect(secret).toContain('"keyid":"masterKey0"')
    expect(options('-blockdev')[1]).toContain('"driver":"luks","key-secret":"libvirt-1-format-encryption-secret0"')
  })

  test('that the host does not know, or cannot seal, are refused at the start; the guest can be defined', async () => {
    const unknown = await guest(disk('file', locked), { host: { secrets: secretsFrom([], seal) } })
    expect(unknown.codes).toEqual(['secret/unknown'])
    expect(unknown.xml).toContain("engine='qemu'")
    const unsealed = await guest(disk('file', locked), { host: { secrets: secretsFrom(known) } })
    expect(unsealed.codes).toEqual(['host/unknown'])
  })

  test.each([
    ['named twice', `uuid='${uuid}' usage='a'`],
    ['not named', ''],
  ])('%s are refused', async (_what, names) => {
    const source = `<source file='/a'><encryption format='luks'><secret type='passphrase' ${names}/></encryption></source>`
    expect((await guest(disk('file', source))).codes).toEqual(['source/secret-name'])
  })
})

describe('what only the host knows', () => {
  test('a group of descriptors that nobody handed over is refused', async () => {
    expect((await guest(disk('file', "<source file='/a' fdgroup='g'/>"))).codes).toEqual(['host/unknown'])
    const none = { host: { fdGroups: {} } }
    for (const name of ['g', 'constructor']) {
      const { codes } = await guest(disk('file', `<source file='/a' fdgroup='${name}'/>`), none)
      expect(codes).toEqual(['source/unknown-fdgroup'])
    }
  })

  test('one descriptor is opened as it is, of several QEMU picks', async () => {
    const source = "<source file='/a' fdgroup='g'/>"
    expect(await storage('file', source, { fdGroups: { g: [5] } })).toMatchObject({
      filename: '/dev/fdset/0',
      'read-only': false,
    })
    expect(await storage('file', source, { fdGroups: { g: [5, 6] } })).toMatchObject({ 'auto-read-only': true })
  })

  test('a pool, and a volume in it', async () => {
    const volume = (pool: string) => disk('volume', `<source pool='${pool}' volume='v'/>`)
    const pool = { type: 'dir', hosts: [], devices: [], volume: () => undefined }
    const storagePools = {
      find: (name: string) => (name === 'none' ? undefined : { ...pool, name, active: name === 'on' }),
    }
    const codes = async (name: string) => (await guest(volume(name), { host: { storagePools } })).codes
    expect(await codes('none')).toEqual(['disk/unknown-pool'])
    expect(await codes('off')).toEqual(['disk/inactive-pool'])
    expect(await codes('on')).toEqual(['disk/unknown-volume'])
  })
})

test('a slice of a raw image is the image, where this libvirt and QEMU can do without a format layer', async () => {
  const source = "<source file='/a.img'><slices><slice type='storage' offset='512' size='1024'/></slices></source>"
  const layers = async (release: '10.1' | '11.3', qemu: string) =>
    (await guest(disk('file', source), { release, qemu }))
      .options('-blockdev')
      .map((line) => /node-name":"([^"]*)/.exec(line)?.[1])
  const nodes = (...names: string[]) => names.map((name) => `libvirt-1-${name}`)
  expect(await layers('10.1', '7.2.0')).toEqual(nodes('storage', 'slice-sto'))
  expect(await layers('11.3', '7.2.0')).toEqual(nodes('storage', 'slice-sto', 'format'))
  expect(await layers('11.3', '10.0.0')).toEqual(nodes('storage', 'slice-sto'))
})

test('the port of a host is read in decimal', async () => {
  const disk = (port: string) =>
    `<disk type='network'><source protocol='nbd' name='e'><host name='h' port='${port}'/></source><target dev='vda'/></disk>`
  expect((await guest(disk('03445'))).xml).toContain("<host name='h' port='3445'/>")
  expect((await guest(disk('0x10'))).codes).toEqual(['value/invalid'])
})
